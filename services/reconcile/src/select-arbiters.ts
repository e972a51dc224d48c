import { Problem } from '@songnhap/contracts'
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
  // Cut off, the rest could be given the page to key. Nobody's page comes near it.
  const most = Math.max(0, ...rows.map(({ people }) => people.length))
  if (most > PEOPLE_MAX) {
    const told = `${most} people have seen readings of a page, and at most ${PEOPLE_MAX} can be named`
    throw new Problem('TOO_LARGE', [told])
  }
  const arbiters = new Map(rows.map((row) => [row.page_id, row.people]))
  return (pageId) => arbiters.get(pageId) ?? []
}
