import type { listPagesAside as contract, PageAside, ReplyOf, RequestOf } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const PAGES_A_CALL_MAX = 500

/** Pages about which the last word is that they are set aside, or replaced; the latest first. */
export async function listPagesAside(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  type Row = Omit<PageAside, 'note' | 'setAsideAt'> & { note: string | null; setAsideAt: Date }
  const { rows } = await sql<Row>`
    select d.page_id as "pageId", p.book_id as "bookId", b.title as "bookTitle", p.sequence,
      d.person_id as "personId", d.reason, d.note, d.decided_at as "setAsideAt"
    from page_decision d join page p using (page_id) join book b using (book_id)
    where p.campaign_id = ${campaignId} and d.kind <> 'restored' and not exists (
      select from page_decision later
      where later.page_id = d.page_id and later.decision_no > d.decision_no)
    order by d.decision_no desc limit ${PAGES_A_CALL_MAX + 1}`.execute(db)
  const pages = rows.slice(0, PAGES_A_CALL_MAX).map(({ note, setAsideAt, ...page }) => ({
    ...page,
    ...(note === null ? {} : { note }),
    setAsideAt: setAsideAt.toISOString(),
  }))
  return { pages, more: rows.length > PAGES_A_CALL_MAX }
}
