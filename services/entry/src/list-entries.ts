import type { listEntries as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const ENTRIES_A_CALL_MAX = 1_000

/** Which entries are stored, from the rows themselves; nothing of what was typed. */
export async function listEntries(
  db: Kysely<DB>,
  { campaignId, after }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<{ entryId: string; pageId: string; spare: boolean }>`
    select e.entry_id as "entryId", e.page_id as "pageId", e.pass is null as spare
    from entry e join page using (page_id) join book using (book_id)
    where campaign_id = ${campaignId} and page.shows is null
      and (${after ?? null}::uuid is null or e.entry_id > ${after ?? null})
    order by e.entry_id limit ${ENTRIES_A_CALL_MAX + 1}`.execute(db)
  return { entries: rows.slice(0, ENTRIES_A_CALL_MAX), more: rows.length > ENTRIES_A_CALL_MAX }
}
