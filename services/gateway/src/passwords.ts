import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { inTurn } from './in-turn.ts'

/** OWASP's first choice for argon2id, which is the library's kind by default: 20 ms and 19 MiB. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** More at once would only push everything else from the cores. */
const HASHING_MAX = 2
const WAITING_MAX = 200

const hashInTurn = inTurn(HASHING_MAX, WAITING_MAX)

/** Nobody knows the password of this hash: what an unknown login name is checked against. */
const nobodysHash = hash(randomBytes(32), COST)

export async function hashPassword(password: string): Promise<string> {
  return hashInTurn(() => hash(normal(password), COST))
}

/** Takes as long for an account that does not exist as for one whose password is wrong. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const expected = stored ?? (await nobodysHash)
  const matches = await hashInTurn(() => verify(expected, normal(password)))
  return matches && stored !== undefined
}

/** One input method sends `ế` as one character, another as two: the same password to its owner. */
function normal(password: string): string {
  return password.normalize('NFC')
}
