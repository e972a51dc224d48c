import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Installation } from '@songnhap/local'
import pg from 'pg'
import {
  columnsOf,
  type PageRows,
  PRODUCERS,
  type Producer,
  type Row,
  TABLES,
} from './floor-rows.ts'

const DATABASE = 'floor'
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** What pages stand on: stored before the clock starts. */
const GROUND = [
  'entry.campaign',
  'entry.book',
  'entry.person',
  'reconcile.campaign',
  'reconcile.book',
] as const

/** The same tables once more, in a database beside the pipeline's, without anybody working on them. */
export interface Floor {
  readonly database: pg.Pool
  /** Stores rows as they are, one statement a call. */
  insert(connection: pg.ClientBase, table: string, rows: readonly Row[]): Promise<void>
  /** The campaigns, books and people of these pages, and intake's facts, not yet in its ledger. */
  prepare(source: pg.Pool, pages: readonly PageRows[]): Promise<void>
  close(): Promise<void>
}

export async function openFloor({ databaseUrl }: Installation, lanes: number): Promise<Floor> {
  const adminUrl = Object.assign(new URL(databaseUrl), { pathname: `/${DATABASE}` }).href
  const server = new pg.Client(databaseUrl)
  await server.connect()
  await server.query(`create database ${DATABASE}`)
  await server.end()
  // Triggers look into their own schemas: reconcile's for its pages, entry's for who is barred.
  const options = '-c search_path=reconcile,entry'
  const database = new pg.Pool({ connectionString: adminUrl, max: lanes, options })
  for (const schema of PRODUCERS) await makeTables(database, schema)
  const statements = new Map<string, Insertion>()
  const ledgers = PRODUCERS.flatMap((p) => [`${p}.fact`, `${p}.outbox`, `${p}.ledger`])
  for (const table of [...GROUND, ...TABLES, ...ledgers]) {
    statements.set(table, await insertionInto(database, table))
  }

  async function insert(
    connection: Pick<pg.ClientBase, 'query'>,
    table: string,
    rows: readonly Row[],
  ) {
    if (rows.length === 0) return
    const statement = statements.get(table)
    if (statement === undefined) throw new Error(`nothing is stored in ${table}`)
    const { name, text, columns } = statement
    const values = columns.map((column) => rows.map((row) => row[column] ?? null))
    await connection.query({ name, text, values })
  }

  return {
    database,
    insert,
    async prepare(source, pages) {
      for (const table of GROUND) await copyMissing(source, database, table, insert)
      const facts = pages.flatMap((page) => page.facts('intake'))
      await insert(database, 'intake.fact', facts)
      await insert(database, 'intake.outbox', facts)
      await database.query('vacuum analyze')
    },
    close: () => database.end(),
  }
}

interface Insertion {
  readonly name: string
  readonly text: string
  readonly columns: readonly string[]
}

async function insertionInto(database: pg.Pool, table: string): Promise<Insertion> {
  const columns = await columnsOf(database, table)
  const list = columns.map(({ name }) => name)
  // An array of arrays would be taken apart to its bottom: these come as texts.
  const isList = (type: string) => type.endsWith('[]')
  const arrays = columns.map(({ type }, at) => `$${at + 1}::${isList(type) ? 'text' : type}[]`)
  const casts = columns.map(({ name, type }) => (isList(type) ? `${name}::${type}` : name))
  const text = `insert into ${table} (${list.join(', ')}) overriding system value
    select ${casts.join(', ')} from unnest(${arrays.join(', ')}) r (${list.join(', ')})`
  return { name: table, text, columns: list }
}

async function copyMissing(
  source: pg.Pool,
  target: pg.Pool,
  table: string,
  insert: (connection: pg.Pool, table: string, rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  const columns = await columnsOf(source, table)
  const key = columns[0]?.name ?? ''
  const { rows: there } = await target.query<Row>(`select ${key}::text as key from ${table}`)
  const known = there.map((row) => row['key'])
  const list = columns.map(({ name }) => `${name}::text`).join(', ')
  const { rows } = await source.query<Row>(
    `select ${list} from ${table} where ${key}::text <> all ($1::text[])`,
    [known],
  )
  await insert(target, table, rows)
}

/** As the migrations make them. The services' roles have nothing to do here. */
async function makeTables(database: pg.Pool, schema: Producer): Promise<void> {
  const files = ['libs/database', `services/${schema}`].flatMap((workspace) =>
    globSync(`${workspace}/migrations/*.sql`, { cwd: ROOT }).sort(),
  )
  const texts = files.map((file) => readFileSync(join(ROOT, file), 'utf8'))
  const path = [`create schema ${schema}`, `set search_path = ${schema}`]
  await database.query([...path, ...texts, 'reset search_path'].join(';\n'))
}
