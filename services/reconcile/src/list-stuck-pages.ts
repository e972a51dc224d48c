import type {
  listStuckArbitrations as contract,
  ReplyOf,
  RequestOf,
  StuckPage,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const PAGES_A_CALL_MAX = 500

/** Pages with an arbitration that nobody has, and none of these people may have: they had the page, or ruled. */
export async function listStuckPages(
  db: Kysely<DB>,
  { campaignId, arbiters, supervisors }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<StuckPage>`
    select distinct p.page_id as "pageId", b.title as "bookTitle", p.sequence
    from open_arbitration o join page p using (page_id) join book b using (book_id)
    where o.campaign_id = ${campaignId} and o.token is null
      and not exists (select from aside_page a where a.page_id = o.page_id) and not exists (
      select from unnest(
        case when o.escalated then ${supervisors}::uuid[] else ${arbiters}::uuid[] end
      ) as a (person_id)
      where not exists (
          select from seen s where s.page_id = o.page_id and s.person_id = a.person_id)
        and (o.seat = 0 or not exists (
          select from arbitration_lease l
          where l.page_id = o.page_id and l.person_id = a.person_id
            and (l.seat, l.turn) <> (o.seat, o.turn)))
        and not exists (
          select from ruling r
          where o.escalated and not r.escalated
            and r.page_id = o.page_id and r.arbiter_id = a.person_id))
    order by b.title, p.sequence limit ${PAGES_A_CALL_MAX + 1}`.execute(db)
  return { pages: rows.slice(0, PAGES_A_CALL_MAX), more: rows.length > PAGES_A_CALL_MAX }
}
