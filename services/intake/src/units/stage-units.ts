import {
  type addUnitRows as addContract,
  type openUnitImport as openContract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

const ROWS_MAX = 100_000
/** Imports that nobody applies. */
const STAGED_HOURS = 24
const STAGED_MAX = 10

export interface StagedImport {
  readonly importId: string
  readonly validFrom: string
  readonly validTo: string | undefined
  readonly source: string
  /** What applying it did. */
  readonly applied: unknown
}

/** Begins an import once an id; forgets those that were begun and left. */
export async function openUnitImport(
  db: Kysely<DB>,
  { importId, validFrom, validTo, source }: RequestOf<typeof openContract>,
): Promise<ReplyOf<typeof openContract>> {
  if (validTo !== undefined && validTo <= validFrom) {
    throw new Problem('MALFORMED', ['/validTo must be after /validFrom'])
  }
  return await db.transaction().execute(async (trx) => {
    await sql`
      delete from unit_import where applied is null and import_id <> ${importId}
        and (opened_at < clock_timestamp() - make_interval(hours => ${STAGED_HOURS})
          or import_id not in (select import_id from unit_import
            where applied is null order by opened_at desc limit ${STAGED_MAX - 1}))`.execute(trx)
    await sql`
      insert into unit_import (import_id, valid_from, valid_to, source)
      values (${importId}, ${validFrom}::date, ${validTo ?? null}::date, ${source})
      on conflict do nothing`.execute(trx)
    const kept = await findImport(trx, importId)
    const same = kept.validFrom === validFrom && kept.validTo === validTo && kept.source === source
    if (!same) throw new Problem('ALREADY_EXISTS')
    return { importId }
  })
}

export async function findImport(db: Kysely<DB>, importId: string): Promise<StagedImport> {
  const row = await db
    .selectFrom('unit_import')
    .select(['source', 'applied'])
    .select(sql<string>`valid_from::text`.as('validFrom'))
    .select(sql<string | null>`valid_to::text`.as('validTo'))
    .where('import_id', '=', importId)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('NOT_FOUND')
  const { source, applied, validFrom, validTo } = row
  return { importId, validFrom, validTo: validTo ?? undefined, source, applied }
}

/** Keeps rows by their lines, so that the same part may come twice. */
export async function addUnitRows(
  db: Kysely<DB>,
  { importId, rows }: RequestOf<typeof addContract>,
): Promise<ReplyOf<typeof addContract>> {
  return await db.transaction().execute(async (trx) => {
    await lockImport(trx, importId)
    const { applied } = await findImport(trx, importId)
    if (applied !== null) throw new Problem('ALREADY_EXISTS', ['this import is applied already'])
    // A line twice in one statement would be refused by the database.
    const byLine = new Map(rows.map((row) => [row.line, row]))
    await sql`
      insert into unit_import_row (import_id, line, unit)
      select ${importId}, line, unit::json
      from unnest(${[...byLine.keys()]}::int[],
        ${[...byLine.values()].map((row) => JSON.stringify(row))}::text[]) as r (line, unit)
      on conflict (import_id, line) do update set unit = excluded.unit`.execute(trx)
    const { count } = await trx
      .selectFrom('unit_import_row')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('import_id', '=', importId)
      .executeTakeFirstOrThrow()
    if (count > ROWS_MAX) throw new Problem('TOO_LARGE', [`at most ${ROWS_MAX} units`])
    return { rows: count }
  })
}

/** Until the transaction ends, nobody adds to this import or applies it. */
export async function lockImport(trx: Transaction<DB>, importId: string): Promise<void> {
  await trx
    .selectFrom('unit_import')
    .select('import_id')
    .where('import_id', '=', importId)
    .forUpdate()
    .execute()
}
