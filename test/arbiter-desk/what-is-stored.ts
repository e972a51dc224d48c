import { sql } from 'kysely'
import type { World } from '../workplace/open-world.ts'

/** The rulings on a page, in no order. */
export async function verdictsOf(db: World['db'], sequence: number): Promise<string[]> {
  const { rows } = await sql<{ verdict: string }>`
    select verdict from reconcile.ruling join reconcile.page using (page_id)
    where sequence = ${sequence}`.execute(db)
  return rows.map(({ verdict }) => verdict)
}

/** Pages that are with arbiters. */
export async function openPages({ db }: World): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from reconcile.open_arbitration where not escalated`.execute(db)
  return rows[0]?.open ?? 0
}

export async function settledPages({ db }: World): Promise<number> {
  const { rows } = await sql<{ pages: number }>`
    select count(*)::int as pages from reconcile.settled_page`.execute(db)
  return rows[0]?.pages ?? 0
}
