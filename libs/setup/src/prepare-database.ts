import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SERVICES, type ServiceName } from '@songnhap/contracts'
import { migrateService, openDatabase } from '@songnhap/database'
import { sql } from 'kysely'

const DATABASE = 'songnhap'
const SERVICES_FOLDER = fileURLToPath(new URL('../../../services/', import.meta.url))

/** Makes the installation's database where missing, and brings every service's schema up to date. */
export async function prepareDatabase(
  postgresUrl: string,
  passwordOf: (service: ServiceName) => string,
  report: (line: string) => void,
): Promise<void> {
  await createDatabase(postgresUrl)
  for (const schema of SERVICES) {
    const { applied } = await migrateService({
      adminUrl: databaseUrl(postgresUrl),
      schema,
      password: passwordOf(schema),
      folder: join(SERVICES_FOLDER, schema, 'migrations'),
    })
    if (applied.length > 0) report(`schema ${schema}: ${applied.join(', ')}`)
  }
}

/** The installation's database, as superuser, or as a service's role, which reaches its schema only. */
export function databaseUrl(
  postgresUrl: string,
  as: { service: ServiceName; password: string } | undefined = undefined,
): string {
  const role = as && { username: `songnhap_${as.service}`, password: as.password }
  return Object.assign(new URL(postgresUrl), { pathname: `/${DATABASE}`, ...role }).href
}

async function createDatabase(postgresUrl: string): Promise<void> {
  const server = openDatabase<unknown>(postgresUrl, 'public', undefined, 1)
  try {
    const { rows } = await sql`
      select from pg_database where datname = ${DATABASE}`.execute(server)
    if (rows.length === 0) await sql`create database ${sql.id(DATABASE)}`.execute(server)
  } finally {
    await server.destroy()
  }
}
