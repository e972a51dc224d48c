import { sql, type Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

/** As many as a fact may name. */
const PEOPLE_MAX = 1800

/** Whoever held an arbitration of these pages, and so saw what others had read of them. */
export async function selectArbiters(
  trx: Transaction<DB>,
  pageIds: readonly string[],
): Promise<(pageId: string) => string[]> {
  const { rows } = await sql<{ page_id: string; people: string[] }>`
    select page_id, array_agg(distinct person_id)::text[] as people from arbitration_lease
    where page_id = any (${pageIds}::uuid[]) group by page_id`.execute(trx)
  const arbiters = new Map(rows.map((row) => [row.page_id, row.people]))
  return (pageId) => (arbiters.get(pageId) ?? []).slice(0, PEOPLE_MAX)
}
