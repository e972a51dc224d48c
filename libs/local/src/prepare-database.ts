import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@songnhap/contracts'
import { migrateService, openDatabase } from '@songnhap/database'
import { sql } from 'kysely'
import { REPOSITORY_ROOT } from './repository-root.ts'
import type { StateFolder } from './state-folder.ts'

const DATABASE = 'songnhap'

export interface PreparedDatabase {
  /** As superuser. */
  readonly url: string
  /** As the service's own role, which reaches its own schema only. */
  urlOf(service: ServiceName): string
}

/** Makes the installation's database where missing, and brings every service's schema up to date. */
export async function prepareDatabase(
  state: StateFolder,
  postgresUrl: string,
  report: (line: string) => void,
): Promise<PreparedDatabase> {
  await createDatabase(postgresUrl)
  const url = addressOf(postgresUrl, {})
  for (const schema of SERVICES) {
    const { applied } = await migrateService({
      adminUrl: url,
      schema,
      password: state.secret(`role ${schema}`),
      folder: join(REPOSITORY_ROOT, 'services', schema, 'migrations'),
    })
    if (applied.length > 0) report(`schema ${schema}: ${applied.join(', ')}`)
  }
  return {
    url,
    urlOf: (service) =>
      addressOf(postgresUrl, {
        username: `songnhap_${service}`,
        password: state.secret(`role ${service}`),
      }),
  }
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

function addressOf(postgresUrl: string, who: { username?: string; password?: string }): string {
  return Object.assign(new URL(postgresUrl), { pathname: `/${DATABASE}`, ...who }).href
}
