import { createHash, randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { migrateService, openDatabase } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import { type Teardown, testServers } from './test-servers.ts'

const PASSWORD = 'for tests only'
/**
 * Set by the test command for servers of its own: a schema is then migrated once, and every database of
 * it is a copy. On other people's servers nothing may be left behind.
 */
export const DATABASES_FROM_TEMPLATES = 'TEST_DATABASES_FROM_TEMPLATES'

/** A migrated database of this test's own, seen as the service sees it: through its own role. */
export interface TestDatabase<S> {
  readonly db: Kysely<S>
  readonly url: string
  /** As the owner, whom no trigger stops: for planting what must never be there. */
  readonly adminUrl: string
}

/** `migrations`: the folder of the service's SQL files. Everything is gone after the test. */
export async function testDatabase<S>(
  t: Teardown,
  schema: string,
  migrations: URL,
): Promise<TestDatabase<S>> {
  const { postgresUrl } = await testServers(t)
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = openDatabase<unknown>(postgresUrl, 'public', undefined, 1)
  const adminUrl = withPath(postgresUrl, name)
  const service = { schema, password: PASSWORD, folder: fileURLToPath(migrations) }
  if (process.env[DATABASES_FROM_TEMPLATES] === '1') {
    const template = await templateOf(server, postgresUrl, service)
    await sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(server)
  } else {
    await sql`create database ${sql.id(name)}`.execute(server)
    await migrateService({ adminUrl, ...service })
  }

  const url = asRole(adminUrl, schema)
  const db = openDatabase<S>(url, schema)
  t.teardown(async () => {
    await db.destroy()
    await sql`drop database ${sql.id(name)} with (force)`.execute(server)
    await server.destroy()
  })
  return { db, url, adminUrl }
}

/** Made by whichever test file asks first; the others wait for it. */
async function templateOf(
  server: Kysely<unknown>,
  postgresUrl: string,
  service: { readonly schema: string; readonly password: string; readonly folder: string },
): Promise<string> {
  const hash = createHash('sha256').update(service.folder).digest('hex').slice(0, 12)
  const template = `template_${service.schema}_${hash}`
  const half = `${template}_half`
  // The pool has one connection, which keeps the lock.
  await sql`select pg_advisory_lock(hashtext(${template}))`.execute(server)
  try {
    const { rows } = await sql`
      select from pg_database where datname = ${template}`.execute(server)
    if (rows.length === 0) {
      await sql`drop database if exists ${sql.id(half)} with (force)`.execute(server)
      await sql`create database ${sql.id(half)}`.execute(server)
      await migrateService({ adminUrl: withPath(postgresUrl, half), ...service })
      await sql`alter database ${sql.id(half)} rename to ${sql.id(template)}`.execute(server)
    }
  } finally {
    await sql`select pg_advisory_unlock(hashtext(${template}))`.execute(server)
  }
  return template
}

function withPath(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.href
}

function asRole(adminUrl: string, schema: string): string {
  const address = new URL(adminUrl)
  address.username = `songnhap_${schema}`
  address.password = encodeURIComponent(PASSWORD)
  return address.href
}
