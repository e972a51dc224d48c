import { createHash, randomBytes } from 'node:crypto'
import { type Role, SESSION_COOKIE } from '@songnhap/contracts'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'

/** A person who is signed in, as the client library wants one. */
export interface Admitted {
  readonly personId: string
  readonly gatewayUrl: string
  headersFor(): Readonly<Record<string, string>>
}

/**
 * Accounts with open sessions, written into the gateway's tables: a thousand people signing in by
 * password would take a minute of hashing, which is not what is asked.
 */
export async function admitPeople(
  database: pg.Pool,
  gatewayUrl: string,
  role: Role,
  count: number,
): Promise<Admitted[]> {
  const people = Array.from({ length: count }, () => ({
    personId: uuidv7(),
    token: randomBytes(32),
  }))
  const ids = people.map(({ personId }) => personId)
  await database.query(
    `insert into gateway.account (person_id, login, name, roles, password_hash)
     select id, $2 || '.' || id, $2, array[$2], 'nobody signs in with it' from unnest($1::uuid[]) id`,
    [ids, role],
  )
  await database.query(
    `insert into gateway.session (token_sha256, person_id, expires_at)
     select token, id, now() + interval '1 day' from unnest($1::uuid[], $2::bytea[]) s (id, token)`,
    [ids, people.map(({ token }) => createHash('sha256').update(token).digest())],
  )
  const { origin } = new URL(gatewayUrl)
  return people.map(({ personId, token }) => ({
    personId,
    gatewayUrl,
    headersFor: () => ({ origin, cookie: `${SESSION_COOKIE}=${token.toString('base64url')}` }),
  }))
}
