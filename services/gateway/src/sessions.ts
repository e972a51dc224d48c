import { createHash, randomBytes } from 'node:crypto'
import type { Person } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import { personOfRow } from './accounts.ts'
import type { DB } from './schema.gen.ts'

const TOKEN_BYTES = 32
const SESSIONS_OF_PERSON_MAX = 20
/** How much of a session may pass before its end is moved: not every request needs a write. */
const SLIDE_MS = 300_000
const HOUR_MS = 3_600_000
const SWEPT_AT_ONCE_MAX = 1000

export interface Session {
  readonly person: Person
  /** Somebody else chose the password: nothing else is open until it is changed. */
  readonly mustChangePassword: boolean
  readonly tokenSha256: Buffer
}

export type Sessions = ReturnType<typeof openSessions>

export function openSessions(db: Kysely<DB>, hours: number) {
  const end = sql<Date>`clock_timestamp() + make_interval(hours => ${hours})`
  return {
    /** The token for the person's browser; it is stored nowhere else. */
    async begin(personId: string): Promise<string> {
      const token = randomBytes(TOKEN_BYTES)
      await db
        .insertInto('session')
        .values({ token_sha256: sha256(token), person_id: personId, expires_at: end })
        .execute()
      await sweep(db, personId)
      return token.toString('base64url')
    },

    /** Who is signed in with this token. Using a session keeps it alive. */
    async use(token: string): Promise<Session | undefined> {
      const tokenSha256 = sha256(Buffer.from(token, 'base64url'))
      const row = await selectLive(db, tokenSha256)
      if (row === undefined) return undefined
      if (row.expires_at.getTime() < Date.now() + hours * HOUR_MS - SLIDE_MS) {
        await db
          .updateTable('session')
          .set({ expires_at: end })
          .where('token_sha256', '=', tokenSha256)
          .execute()
      }
      const mustChangePassword = row.must_change_password
      return { person: personOfRow(row), mustChangePassword, tokenSha256 }
    },

    /**
     * Whether it is open, and its person may do what was asked of it. Looks without using it: a websocket
     * that only pings does not keep anybody signed in.
     */
    async isLive({ person, tokenSha256 }: Session): Promise<boolean> {
      const row = await selectLive(db, tokenSha256)
      return row !== undefined && person.roles.every((role) => row.roles.includes(role))
    },

    async end({ tokenSha256 }: Session): Promise<void> {
      await db.deleteFrom('session').where('token_sha256', '=', tokenSha256).execute()
    },
  }
}

function selectLive(db: Kysely<DB>, tokenSha256: Buffer) {
  return db
    .selectFrom('session')
    .innerJoin('account', 'account.person_id', 'session.person_id')
    .select(['account.person_id', 'login', 'name', 'roles', 'must_change_password', 'expires_at'])
    .where('session.token_sha256', '=', tokenSha256)
    .where('session.expires_at', '>', sql<Date>`clock_timestamp()`)
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Keeps a person's newest sessions, and removes some that have expired, whoever's they are. */
async function sweep(db: Kysely<DB>, personId: string): Promise<void> {
  await sql`
    delete from session where token_sha256 in (
      select token_sha256 from session where person_id = ${personId}
      order by created_at desc offset ${SESSIONS_OF_PERSON_MAX})`.execute(db)
  await sql`
    delete from session where token_sha256 in (
      select token_sha256 from session where expires_at < clock_timestamp()
      limit ${SWEPT_AT_ONCE_MAX})`.execute(db)
}

function sha256(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest()
}
