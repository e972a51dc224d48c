import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

/**
 * Reviews that keep a book shut: of pairs that keyed pages of it together, those that are open, and those
 * that ended with the suspicion confirmed until every field that two people key was worked over in the book
 * since the review was opened.
 */
export async function countOpenCases(trx: Transaction<DB>, bookId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with here as (
      select b.campaign_id, f.form from book b
        join campaign c using (campaign_id)
        join campaign_form f on f.campaign_id = c.campaign_id and f.form_version = c.form_version
      where b.book_id = ${bookId}
    ), keyed as (
      select distinct k.first, k.second from pair_page k join page p using (page_id)
      where p.book_id = ${bookId}
    )
    select count(*)::int as count
    from here h join review r on r.campaign_id = h.campaign_id join keyed using (first, second)
      join lateral (
        select e.outcome from review_event e
        where e.review_id = r.review_id and e.kind <> 'noted'
        order by e.number desc limit 1) last on true
      join lateral (
        select e.at from review_event e
        where e.review_id = r.review_id and e.kind = 'opened'
        order by e.number desc limit 1) opened on true
    where last.outcome is null or (last.outcome = 'confirmed' and exists (
      select from json_array_elements(h.form -> 'fields') d
      where d ->> 'entry' is distinct from 'single' and not exists (
        select from audit w join audit_end e using (audit_id), json_array_elements(w.fields) as f
        where w.book_id = ${bookId} and w.kind = 'rework' and e.finished
          and w.frozen_at > opened.at and f ->> 'name' = d ->> 'name')))`.execute(trx)
  return rows[0]?.count ?? 0
}
