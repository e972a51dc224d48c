import { type ChangedPassword, type Person, Problem, type SignedIn } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import { personOfRow } from './accounts.ts'
import { hashPassword, isPassword } from './passwords.ts'
import type { DB } from './schema.gen.ts'
import type { Session } from './sessions.ts'

/** So many wrong passwords cost nothing; each further one makes the next attempt wait longer. */
const FREE_FAILURES = 5
const WAIT_MAX_SECONDS = 60
const FORGOTTEN_AFTER_SECONDS = 900
const REMEMBERED_MAX = 10_000

export type SignInOutcome =
  | { readonly kind: 'signed in'; readonly person: SignedIn }
  | { readonly kind: 'failed' }
  | { readonly kind: 'throttled'; readonly waitSeconds: number }

/** Says the same, after the same time, for a name that does not exist and for a wrong password. */
export async function signIn(
  db: Kysely<DB>,
  login: string,
  password: string,
): Promise<SignInOutcome> {
  const waitSeconds = await countAttempt(db, login)
  if (waitSeconds > 0) return { kind: 'throttled', waitSeconds }

  const account = await db
    .selectFrom('account')
    .select(['person_id', 'login', 'name', 'roles', 'password_hash', 'must_change_password'])
    .where('login', '=', login)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!(await isPassword(password, account?.password_hash)) || account === undefined) {
    await forgetOldest(db)
    return { kind: 'failed' }
  }
  await db.deleteFrom('sign_in_failure').where('login', '=', login).execute()
  return { kind: 'signed in', person: signedIn(personOfRow(account), account.must_change_password) }
}

export function signedIn(person: Person, mustChangePassword: boolean): SignedIn {
  return mustChangePassword ? { ...person, mustChangePassword } : person
}

/** One's own. Sessions elsewhere end; guessing at the old one counts as guessing at the door. */
export async function changePassword(
  db: Kysely<DB>,
  { person, tokenSha256 }: Session,
  { oldPassword, newPassword }: ChangedPassword,
): Promise<{ kind: 'changed' } | { kind: 'throttled'; waitSeconds: number }> {
  const { personId, login } = person
  const waitSeconds = await countAttempt(db, login)
  if (waitSeconds > 0) return { kind: 'throttled', waitSeconds }
  const account = await db
    .selectFrom('account')
    .select('password_hash')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!(await isPassword(oldPassword, account?.password_hash)) || account === undefined) {
    throw new Problem('PASSWORD_WRONG')
  }
  await db.deleteFrom('sign_in_failure').where('login', '=', login).execute()
  if (await isPassword(newPassword, account.password_hash)) throw new Problem('PASSWORD_UNCHANGED')
  const hash = await hashPassword(newPassword)
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('account')
      .set({ password_hash: hash, must_change_password: false })
      .where('person_id', '=', personId)
      // Somebody has set another one meanwhile: that one is the present one.
      .where('password_hash', '=', account.password_hash)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Problem('PASSWORD_WRONG')
    await trx
      .deleteFrom('session')
      .where('person_id', '=', personId)
      .where('token_sha256', '<>', tokenSha256)
      .execute()
  })
  return { kind: 'changed' }
}

/**
 * Counts the attempt as a failure before the password is looked at, so that many attempts at once
 * cannot slip by; success takes it back. Returns how long to wait if it comes too early.
 */
async function countAttempt(db: Kysely<DB>, login: string): Promise<number> {
  const { rows: counted } = await sql`
    insert into sign_in_failure as old (login, failures, last_at, blocked_until)
    values (${login}, 1, now(), now())
    on conflict (login) do update set
      failures = case when old.last_at < now() - make_interval(secs => ${FORGOTTEN_AFTER_SECONDS})
        then 1 else old.failures + 1 end,
      last_at = now(),
      blocked_until = case
        when old.last_at < now() - make_interval(secs => ${FORGOTTEN_AFTER_SECONDS})
          or old.failures + 1 < ${FREE_FAILURES} then now()
        else now() + make_interval(secs =>
          least(${WAIT_MAX_SECONDS}, power(2, least(old.failures + 1 - ${FREE_FAILURES}, 20)))) end
    where old.blocked_until <= now()
    returning 1`.execute(db)
  if (counted.length > 0) return 0

  const { rows } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from blocked_until - now()))::int as seconds
    from sign_in_failure where login = ${login}`.execute(db)
  return Math.max(1, rows[0]?.seconds ?? 1)
}

/** Made-up names must not fill the table. */
async function forgetOldest(db: Kysely<DB>): Promise<void> {
  await sql`
    delete from sign_in_failure where login in (
      select login from sign_in_failure order by last_at desc offset ${REMEMBERED_MAX})`.execute(db)
}
