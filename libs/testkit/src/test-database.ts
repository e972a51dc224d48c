import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { migrateService, openDatabase } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import { type Teardown, testServers } from './test-servers.ts'

const PASSWORD = 'for tests only'

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
  await sql`create database ${sql.id(name)}`.execute(server)
  const adminUrl = withPath(postgresUrl, name)
  await migrateService({ adminUrl, schema, password: PASSWORD, folder: fileURLToPath(migrations) })

  const url = asRole(adminUrl, schema)
  const db = openDatabase<S>(url, schema)
  t.teardown(async () => {
    await db.destroy()
    await sql`drop database ${sql.id(name)} with (force)`.execute(server)
    await server.destroy()
  })
  return { db, url, adminUrl }
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
