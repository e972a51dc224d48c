import type {
  listStuckKeying as contract,
  ReplyOf,
  RequestOf,
  StuckPage,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const PAGES_A_CALL_MAX = 500

/** Pages with a free pass that none of the typists may have: each skipped it, has its other pass, or is no partner. */
export async function listStuckPages(
  db: Kysely<DB>,
  { campaignId, typists }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<StuckPage>`
    with typist as (
      select coalesce(person_no, -1) as person_no
      from unnest(${typists}::uuid[]) as t (person_id) left join person using (person_id)
    )
    select o.page_id as "pageId", b.title as "bookTitle", o.sequence
    from open_page o join book b using (book_id) join campaign c using (campaign_id)
    where c.campaign_id = ${campaignId} and o.free > 0 and not exists (
      select from typist t
      where t.person_no <> o.other_by
        and not exists (
          select from skip s where s.page_id = o.page_id and s.person_no = t.person_no)
        and (not c.paired or exists (
          select from declared_pair d
          where d.campaign_id = c.campaign_id and d.person_no = t.person_no
            and o.other_by in (0, d.partner_no))))
    order by b.title, o.sequence limit ${PAGES_A_CALL_MAX + 1}`.execute(db)
  return { pages: rows.slice(0, PAGES_A_CALL_MAX), more: rows.length > PAGES_A_CALL_MAX }
}
