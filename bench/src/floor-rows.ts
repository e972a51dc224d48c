/** The rows that the pipeline stored, as texts, to be stored once more by the floor. */
import type pg from 'pg'

export type Row = Readonly<Record<string, string | null>>

/** Tables with a row or more for each page. */
export const TABLES = [
  'entry.page',
  'entry.lease',
  'entry.entry',
  'reconcile.page',
  'reconcile.reading',
  'reconcile.seen',
  'reconcile.comparison',
  'reconcile.question',
  'reconcile.arbitration_lease',
  'reconcile.ruling_submission',
  'reconcile.ruling',
  'reconcile.settled_record',
  'reconcile.settled_page',
] as const
export type Table = (typeof TABLES)[number]
export const PRODUCERS = ['intake', 'entry', 'reconcile'] as const
export type Producer = (typeof PRODUCERS)[number]

/** All of one page. */
export interface PageRows {
  readonly pageId: string
  readonly table: (table: Table) => readonly Row[]
  readonly facts: (producer: Producer) => readonly Row[]
}

export async function readPages(
  database: pg.Pool,
  pageIds: readonly string[],
): Promise<PageRows[]> {
  const byTable = new Map<string, Map<string, Row[]>>()
  for (const table of TABLES) {
    const columns = await columnsOf(database, table)
    const list = columns.map(({ name }) => `${name}::text`).join(', ')
    const { rows } = await database.query<Row>(
      `select ${list} from ${table} where page_id = any ($1::uuid[])`,
      [pageIds],
    )
    byTable.set(table, groupByPage(rows))
  }
  for (const producer of PRODUCERS) {
    const { rows } = await database.query<Row>(
      `select fact_id::text, kind, at::text, body::text, position::text, hash::text,
              body->>'pageId' as page_id
       from ${producer}.fact join ${producer}.ledger using (fact_id)
       where body->>'pageId' = any ($1::text[]) order by fact_id`,
      [pageIds],
    )
    byTable.set(producer, groupByPage(rows))
  }
  const of = (name: string, pageId: string) => byTable.get(name)?.get(pageId) ?? []
  return pageIds.map((pageId) => ({
    pageId,
    table: (table) => of(table, pageId),
    facts: (producer) => of(producer, pageId),
  }))
}

/** Columns that can be written, with their types. */
export async function columnsOf(
  database: pg.Pool,
  table: string,
): Promise<{ name: string; type: string }[]> {
  const { rows } = await database.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
     order by attnum`,
    [table],
  )
  return rows
}

function groupByPage(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, ({ page_id: pageId }) => pageId ?? '')
}
