import type { Person } from '@songnhap/contracts'
import { type Kept, openKept } from './kept.ts'
import type { Cupboard } from './open-cupboard.ts'
import { type Sealed, sealWith, toBase64Url } from './seal.ts'

/** What OWASP asks of PBKDF2 with SHA-256 (2023); browsers have no Argon2. Half a second in 2012. */
const ITERATIONS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12
const PERSON = 'person'

export interface OpenLocker {
  readonly person: Person
  readonly kept: Kept
}

/** Opens the person's locker with the secret that the gateway gave; the first time it makes one. */
export async function openWithSecret(
  cupboard: Cupboard,
  person: Person,
  secret: Uint8Array<ArrayBuffer>,
): Promise<OpenLocker> {
  const id = await lockerOf(person.login)
  return { person, kept: openKept(cupboard, id, await sealWith(secret)) }
}

/** Locks the secret with the password, so that next time it opens without a network too. */
export async function lockWithPassword(
  cupboard: Cupboard,
  person: Person,
  secret: Uint8Array<ArrayBuffer>,
  password: string,
): Promise<void> {
  const sealed = await sealPerson(person, secret)
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const key = await keyOfPassword(password, salt, ITERATIONS)
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, secret)
  const locker = { salt, iterations: ITERATIONS, secret: { iv, bytes }, person: sealed.person }
  await cupboard.put('lockers', locker, sealed.id)
}

/** Who this is, as it lies in the person's own locker. */
export async function sealPerson(
  person: Person,
  secret: Uint8Array<ArrayBuffer>,
): Promise<{ readonly id: string; readonly person: Sealed }> {
  const id = await lockerOf(person.login)
  const seal = await sealWith(secret)
  const who = new TextEncoder().encode(JSON.stringify(person))
  return { id, person: await seal.close(`${id} ${PERSON}`, who) }
}

/**
 * Undefined for a wrong password and for a person who has no locker here, after the same work: who
 * else uses this computer is nobody's business.
 */
export async function openWithPassword(
  cupboard: Cupboard,
  login: string,
  password: string,
): Promise<OpenLocker | undefined> {
  const id = await lockerOf(login)
  const locker = await cupboard.get('lockers', id)
  const salt = locker?.salt ?? crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const key = await keyOfPassword(password, salt, locker?.iterations ?? ITERATIONS)
  const secret = locker === undefined ? undefined : await decrypt(key, locker.secret)
  return secret === undefined ? undefined : await openLocker(cupboard, id, secret)
}

/** With the secret at hand, whose locker it is can be read in it. */
export async function openLocker(
  cupboard: Cupboard,
  id: string,
  secret: Uint8Array<ArrayBuffer>,
): Promise<OpenLocker | undefined> {
  const locker = await cupboard.get('lockers', id)
  if (locker === undefined) return undefined
  const seal = await sealWith(secret)
  const who = await seal.open(`${id} ${PERSON}`, locker.person)
  if (who === undefined) return undefined
  const person = JSON.parse(new TextDecoder().decode(who)) as Person
  return { person, kept: openKept(cupboard, id, seal) }
}

/** After a sign-out with everything sent: nothing of the person stays on this computer. */
export async function removeLocker(cupboard: Cupboard, login: string): Promise<void> {
  await cupboard.delete('lockers', await lockerOf(login))
}

async function lockerOf(login: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`songnhap ${login}`))
  return toBase64Url(new Uint8Array(hash))
}

async function keyOfPassword(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const raw = new TextEncoder().encode(password.normalize('NFC'))
  const material = await crypto.subtle.importKey('raw', raw, 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  const aes = { name: 'AES-GCM', length: 256 }
  return await crypto.subtle.deriveKey(how, material, aes, false, ['encrypt', 'decrypt'])
}

async function decrypt(key: CryptoKey, { iv, bytes }: Sealed) {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}
