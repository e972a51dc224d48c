/**
 * The table types of each service (src/schema.gen.ts) are what its migrations make. With `--write`
 * they are written instead of compared; further arguments name the services.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SERVICES } from '@songnhap/contracts'
import { migrateService, openDatabase } from '@songnhap/database'
import { sql } from 'kysely'
import { ROOT, runCommand } from './run-command.ts'
import { withPostgres } from './with-postgres.ts'

/** Positions and counts are parsed to numbers (libs/database). */
const TYPE_MAPPING = JSON.stringify({ int8: 'number' })
/** Roles belong to the whole server, and the tests that share it know this one. */
const PASSWORD = 'for tests only'
const HOW_TO_MEND =
  'src/schema.gen.ts is not what the migrations make; check-table-types.ts --write mends it'

/** What does not fit, as text; empty when all is well. */
export async function checkTableTypes(
  postgresUrl: string,
  options: { write: boolean; services: readonly string[] },
): Promise<string> {
  const complaints: string[] = []
  for (const service of options.services) {
    const migrations = join(ROOT, 'services', service, 'migrations')
    if (!existsSync(migrations)) complaints.push(`${service} has no migrations`)
    else complaints.push(await checkService(postgresUrl, service, migrations, options.write))
  }
  return complaints.filter((complaint) => complaint !== '').join('\n')
}

async function checkService(
  postgresUrl: string,
  schema: string,
  migrations: string,
  write: boolean,
): Promise<string> {
  const name = `types_${randomBytes(6).toString('hex')}`
  const server = openDatabase<unknown>(postgresUrl, 'public', undefined, 1)
  const adminUrl = Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).href
  await sql`create database ${sql.id(name)}`.execute(server)
  try {
    const shared = await migrateAndListShared(adminUrl, schema, migrations)
    const { code, output } = await runCommand(
      'kysely-codegen/dist/cli/bin.js',
      [
        ...['--dialect', 'postgres', '--url', 'env(DATABASE_URL)', '--default-schema', schema],
        ...['--include-pattern', `${schema}.*`, '--exclude-pattern', `*.@(${shared.join('|')})`],
        ...['--type-mapping', TYPE_MAPPING, '--log-level', write ? 'warn' : 'error'],
        ...['--out-file', join(ROOT, 'services', schema, 'src', 'schema.gen.ts')],
        ...(write ? [] : ['--verify']),
      ],
      { DATABASE_URL: adminUrl },
    )
    return code === 0 ? '' : `${schema}: ${HOW_TO_MEND}\n${output}`
  } finally {
    await sql`drop database ${sql.id(name)} with (force)`.execute(server)
    await server.destroy()
  }
}

/** The tables that every schema begins with are libs/database's business: no service reads them. */
async function migrateAndListShared(
  adminUrl: string,
  schema: string,
  migrations: string,
): Promise<string[]> {
  const empty = mkdtempSync(join(tmpdir(), 'songnhap-no-migrations-'))
  const database = openDatabase<unknown>(adminUrl, schema, undefined, 1)
  try {
    await migrateService({ adminUrl, schema, password: PASSWORD, folder: empty })
    const { rows } = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = ${schema} order by 1`.execute(
      database,
    )
    await migrateService({ adminUrl, schema, password: PASSWORD, folder: migrations })
    return rows.map((row) => row.name)
  } finally {
    await database.destroy()
    rmSync(empty, { recursive: true })
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const services = positionals.length > 0 ? positionals : SERVICES
  const complaints = await withPostgres((url) =>
    checkTableTypes(url, { write: values.write, services }),
  )
  if (complaints === '') return
  console.error(complaints)
  process.exitCode = 1
}

if (import.meta.main) await main()
