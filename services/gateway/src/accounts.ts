import {
  type Account,
  type GivenPassword,
  type NewAccount,
  type Person,
  Problem,
  ROLES,
  type Role,
} from '@songnhap/contracts'
import { type Kysely, sql, type UpdateObject } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { hashPassword } from './passwords.ts'
import type { DB } from './schema.gen.ts'

const ACCOUNTS_MAX = 10_000

/** Problem LOGIN_TAKEN when there is an account of that name. */
export async function createAccount(db: Kysely<DB>, account: NewAccount): Promise<Person> {
  const { login, name, roles } = account
  const person = { personId: uuidv7(), login, name, roles }
  const { numInsertedOrUpdatedRows: created } = await db
    .insertInto('account')
    .values({
      person_id: person.personId,
      login,
      name,
      roles,
      password_hash: await hashPassword(account.password),
      must_change_password: account.mustChange ?? false,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .executeTakeFirst()
  if (created !== 1n) throw new Problem('LOGIN_TAKEN')
  return person
}

/** Who is barred cannot sign in, and the sessions that are open end. Problem NOT_FOUND. */
export async function barAccount(
  db: Kysely<DB>,
  personId: string,
  isBarred: boolean,
): Promise<void> {
  await changeAccount(db, personId, {
    disabled_at: isBarred ? sql<Date>`coalesce(disabled_at, clock_timestamp())` : null,
  })
}

/** Those whose passwords supervisors may set, too. */
const SUPERVISED: readonly Role[] = ['typist', 'arbiter']

export function isSupervised({ roles }: Pick<Person, 'roles'>): boolean {
  return roles.every((role) => SUPERVISED.includes(role))
}

/**
 * A new password ends the sessions that were opened with the old one. Problem NOT_FOUND; with `supervised`
 * also for an account with any further role.
 */
export async function setPassword(
  db: Kysely<DB>,
  personId: string,
  { password, mustChange = false }: GivenPassword,
  whose: 'anybody' | 'supervised' = 'anybody',
): Promise<void> {
  const hash = await hashPassword(password)
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set({ password_hash: hash, must_change_password: mustChange })
    .where('person_id', '=', personId)
    .$if(whose === 'supervised', (query) =>
      // In the same statement: roles may change meanwhile.
      query.where(sql<boolean>`roles <@ ${[...SUPERVISED]}::text[]`),
    )
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Problem('NOT_FOUND')
  await db.deleteFrom('session').where('person_id', '=', personId).execute()
}

/** What the person may do, from the next request on. Problem NOT_FOUND. */
export async function setRoles(
  db: Kysely<DB>,
  personId: string,
  roles: readonly Role[],
): Promise<void> {
  await changeAccount(db, personId, { roles: [...roles] })
}

async function changeAccount(
  db: Kysely<DB>,
  personId: string,
  change: UpdateObject<DB, 'account'>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set(change)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Problem('NOT_FOUND')
}

/** For the person's own browser, and for nobody else. */
export async function keepingKeyOf(db: Kysely<DB>, personId: string): Promise<string> {
  const { keeping_key: key } = await db
    .selectFrom('account')
    .select('keeping_key')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return key.toString('base64url')
}

export async function lessonsDoneBy(db: Kysely<DB>, personId: string): Promise<number | null> {
  const { lessons_done: lessonsDone } = await db
    .selectFrom('account')
    .select('lessons_done')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return lessonsDone
}

export async function keepLessonsDone(
  db: Kysely<DB>,
  personId: string,
  lessonsDone: number | null,
): Promise<void> {
  await changeAccount(db, personId, { lessons_done: lessonsDone })
}

/** So that somebody can come in and let the others in. */
export async function createFirstAdministrator(
  db: Kysely<DB>,
  login: string,
  password: string,
): Promise<'created' | 'not needed'> {
  const administrator = await db
    .selectFrom('account')
    .select('person_id')
    .where(sql<boolean>`'administrator' = any (roles)`)
    .limit(1)
    .executeTakeFirst()
  if (login === '' || administrator !== undefined) return 'not needed'
  try {
    await createAccount(db, { login, name: 'Người quản trị', roles: ['administrator'], password })
    return 'created'
  } catch (error) {
    // Another gateway that starts at the same moment was faster.
    if (error instanceof Problem && error.code === 'LOGIN_TAKEN') return 'not needed'
    throw error
  }
}

export async function listAccounts(db: Kysely<DB>): Promise<Account[]> {
  const rows = await db
    .selectFrom('account')
    .select(['person_id', 'login', 'name', 'roles', 'disabled_at'])
    .orderBy('login')
    .limit(ACCOUNTS_MAX)
    .execute()
  return rows.map((row) => ({ ...personOfRow(row), barred: row.disabled_at !== null }))
}

/** Who is let in with this role. */
export async function readPeopleOf(db: Kysely<DB>, role: Role): Promise<string[]> {
  const rows = await db
    .selectFrom('account')
    .select('person_id')
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`${role} = any (roles)`)
    .limit(ACCOUNTS_MAX)
    .execute()
  return rows.map((row) => row.person_id)
}

/** Names by person id; ids without an account are left out. */
export async function readNames(
  db: Kysely<DB>,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('account')
    .select(['person_id', 'name'])
    .where('person_id', 'in', personIds)
    .execute()
  return new Map(rows.map((row) => [row.person_id, row.name]))
}

export function personOfRow(row: {
  person_id: string
  login: string
  name: string
  roles: readonly string[]
}): Person {
  const { person_id: personId, login, name } = row
  return { personId, login, name, roles: row.roles.filter(isRole) }
}

/** A role that a newer version knows is none to this one. */
function isRole(name: string): name is Role {
  return ROLES.some((role) => role === name)
}
