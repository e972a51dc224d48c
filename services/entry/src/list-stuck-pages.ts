import {
  type listStuckKeying as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type StuckPage,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const PAGES_A_CALL_MAX = 500

/**
 * Pages with a free pass that none of the typists may have: each skipped it, has its other pass, is no
 * partner, or is barred where the page is wanted again. But for those few, who may have a page depends
 * only on who has its other pass, and few pages were skipped: so nothing is asked of each of two million
 * pages.
 */
export async function listStuckPages(
  db: Kysely<DB>,
  { campaignId, typists }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const campaign = await db
    .selectFrom('campaign')
    .select('campaign_id')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst()
  if (campaign === undefined) throw new Problem('NOT_FOUND')
  const { rows } = await sql<Omit<StuckPage, 'again'> & { again: boolean }>`
    with typist as (
      select coalesce(person_no, -1) as person_no
      from unnest(${typists}::uuid[]) as t (person_id) left join person using (person_id)
    ), campaign_here as (
      select campaign_id, lane, paired from campaign where campaign_id = ${campaignId}
    ), beside as (
      select 0 as other_by union all select person_no from person
    ), allowed as (
      select b.other_by, t.person_no
      from beside b join typist t on t.person_no <> b.other_by cross join campaign_here c
      where not c.paired or exists (
        select from declared_pair d
        where d.campaign_id = c.campaign_id and d.person_no = t.person_no
          and b.other_by in (0, d.partner_no))
    ), people as (
      select other_by, count(person_no) as allowed
      from beside left join allowed using (other_by) group by other_by
    ), skipped_by_all as (
      select o.page_id
      from skip s join open_page o using (page_id) join campaign_here c using (lane)
      join allowed a on a.other_by = o.other_by and a.person_no = s.person_no
      where o.free > 0 and o.barred is null
      group by o.page_id, o.other_by
      having count(*) = (select p.allowed from people p where p.other_by = o.other_by)
    ), stuck as (
      select page_id from skipped_by_all
      union all
      select o.page_id from people p
      cross join campaign_here c join open_page o on o.lane = c.lane and o.other_by = p.other_by
      where p.allowed = 0 and o.free > 0 and o.barred is null
      union all
      select o.page_id from open_page o join campaign_here c using (lane)
      where o.free > 0 and o.barred is not null and not exists (
        select from typist t
        where t.person_no <> o.other_by and t.person_no <> all (o.barred)
          and not exists (
            select from skip s where s.page_id = o.page_id and s.person_no = t.person_no))
    )
    select o.page_id as "pageId", b.title as "bookTitle", o.sequence, o.barred is not null as again
    from stuck join open_page o using (page_id) join book b using (book_id)
    order by b.title, o.sequence limit ${PAGES_A_CALL_MAX + 1}`.execute(db)
  const pages = rows
    .slice(0, PAGES_A_CALL_MAX)
    .map(({ again, ...page }): StuckPage => (again ? { ...page, again } : page))
  return { pages, more: rows.length > PAGES_A_CALL_MAX }
}
