import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { sqlStateOf } from './database-errors.ts'
import { openDatabase } from './open-database.ts'

const LEDGER_MIGRATIONS = fileURLToPath(new URL('../migrations/', import.meta.url))
const APPLIED = 'migration'
const APPLIED_LOCK = 'migration_lock'
const UNDEFINED_TABLE = '42P01'
/** A row that another transaction has just written (an internal error, to PostgreSQL) or inserted. */
const MET_ANOTHER: ReadonlySet<string> = new Set(['XX000', '23505', '42710', '42P06'])
const MEETINGS_MAX = 20
const MEETING_WAIT_MAX_MS = 50

export class SchemaUnknown extends Error {
  override name = 'SchemaUnknown'
}

/**
 * Creates the schema and its role `songnhap_<schema>` where missing, and brings the tables up to
 * date: the ledger's first, then the service's own, by number. Forward only. Run as an owner; the
 * service itself never alters its schema.
 */
export async function migrateService(service: {
  adminUrl: string
  schema: string
  password: string
  folder: string
}): Promise<{ applied: string[] }> {
  const db = openDatabase<unknown>(service.adminUrl, service.schema, undefined, 2)
  try {
    await unlessAnotherMigrates(() => createSchemaAndRole(db, service.schema, service.password))
    const { error, results } = await migratorOf(
      db,
      service.folder,
      service.schema,
    ).migrateToLatest()
    if (error !== undefined) throw error
    await unlessAnotherMigrates(() => grantRows(db, service.schema))
    return { applied: (results ?? []).map((result) => result.migrationName) }
  } finally {
    await db.destroy()
  }
}

/** Throws SchemaUnknown unless the database has exactly the migrations that this program knows. */
export async function checkSchema<S>(db: Kysely<S>, folder: string, schema: string): Promise<void> {
  const known = Object.keys(await sqlMigrations(folder).getMigrations()).sort()
  const applied = await readApplied(db)
  const missing = known.filter((name) => !applied.includes(name))
  const foreign = applied.filter((name) => !known.includes(name))
  if (missing.length > 0) {
    throw new SchemaUnknown(
      `schema ${schema} lacks ${missing.join(', ')}: run the migrations of this version first`,
    )
  }
  if (foreign.length > 0) {
    throw new SchemaUnknown(
      `schema ${schema} has ${foreign.join(', ')}, made by a newer version: start that version`,
    )
  }
}

async function readApplied<S>(db: Kysely<S>): Promise<string[]> {
  try {
    const { rows } = await sql<{ name: string }>`
      select name from ${sql.table(APPLIED)} order by name`.execute(db)
    return rows.map((row) => row.name)
  } catch (error) {
    if (sqlStateOf(error) === UNDEFINED_TABLE) return []
    throw error
  }
}

function migratorOf(db: Kysely<unknown>, folder: string, schema: string): Migrator {
  return new Migrator({
    db,
    provider: sqlMigrations(folder),
    migrationTableName: APPLIED,
    migrationLockTableName: APPLIED_LOCK,
    migrationTableSchema: schema,
    // The ledger's next migration will sort before those of the service that are applied already.
    allowUnorderedMigrations: true,
  })
}

function sqlMigrations(folder: string): MigrationProvider {
  return {
    async getMigrations() {
      const migrations: Record<string, Migration> = {}
      for (const place of [LEDGER_MIGRATIONS, folder]) {
        for (const file of (await readdir(place)).filter((name) => name.endsWith('.sql'))) {
          const text = await readFile(`${place}/${file}`, 'utf8')
          migrations[file.slice(0, -'.sql'.length)] = {
            up: async (db) => void (await sql.raw(text).execute(db)),
          }
        }
      }
      return migrations
    },
  }
}

/**
 * Roles belong to the whole server, so migrations of two databases may meet in one row; no lock
 * reaches across databases. Each time they meet, one of them gets through.
 */
async function unlessAnotherMigrates(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const met = MET_ANOTHER.has(sqlStateOf(error) ?? '')
      if (!met || tries >= MEETINGS_MAX) throw error
      await wait(Math.random() * MEETING_WAIT_MAX_MS)
    }
  }
}

async function createSchemaAndRole(db: Kysely<unknown>, schema: string, password: string) {
  const role = sql.id(roleOf(schema))
  await sql.raw(CREATE_ROLE_UNLESS_THERE.replace('ROLE', roleOf(schema))).execute(db)
  await sql`alter role ${role} login password ${sql.lit(password)}`.execute(db)
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db)
  await sql`grant usage on schema ${sql.id(schema)} to ${role}`.execute(db)
}

/** Rows only: a service may not alter its tables, nor switch off the triggers that guard them. */
async function grantRows(db: Kysely<unknown>, schema: string) {
  const role = sql.id(roleOf(schema))
  const own = sql.id(schema)
  await sql`grant select, insert, update, delete on all tables in schema ${own} to ${role}`.execute(
    db,
  )
  await sql`grant usage on all sequences in schema ${own} to ${role}`.execute(db)
  await sql`grant execute on all functions in schema ${own} to ${role}`.execute(db)
  await sql`
    revoke insert, update, delete on ${sql.table(APPLIED)}, ${sql.table(APPLIED_LOCK)} from ${role}
  `.execute(db)
}

function roleOf(schema: string): string {
  if (!/^[a-z_]+$/.test(schema)) throw new TypeError('a schema name has only a-z and _')
  return `songnhap_${schema}`
}

const CREATE_ROLE_UNLESS_THERE = `do $$ begin
  create role ROLE;
exception when duplicate_object or unique_violation then null;
end $$`
