import { Problem } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

export interface PageStanding {
  readonly pageId: string
  readonly bookId: string
  readonly campaignId: string
  readonly sequence: number
  readonly scan: number
  /** What was decided about it last; null for nothing, or that it is in its book again. */
  readonly aside: { readonly kind: 'set-aside' | 'replaced'; readonly reason: string } | null
}

/** Who decides about a page that was decided about meanwhile is told so: what is out of its book is put back first. */
export function refusalOf({ aside }: PageStanding): 'PAGE_REPLACED' | 'PAGE_SET_ASIDE' | undefined {
  if (aside === null) return undefined
  return aside.kind === 'replaced' ? 'PAGE_REPLACED' : 'PAGE_SET_ASIDE'
}

/** Where a page stands, which is locked: one decision about it comes after the other. */
export async function lockPageStanding(
  trx: Transaction<DB>,
  pageId: string,
): Promise<PageStanding> {
  await sql`select from page where page_id = ${pageId} for update`.execute(trx)
  const { rows } = await sql<PageStanding>`
    select p.page_id as "pageId", p.book_id as "bookId", p.campaign_id as "campaignId", p.sequence, p.scan,
      (select case when d.kind <> 'restored' then json_build_object('kind', d.kind, 'reason', d.reason) end
        from page_decision d where d.page_id = p.page_id order by d.decision_no desc limit 1) as aside
    from page p where p.page_id = ${pageId}`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Problem('NOT_FOUND')
  return row
}
