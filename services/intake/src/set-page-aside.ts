/** Supervisors take pages out of what is keyed of their books, and put them back. */
import {
  Problem,
  pageRestored,
  pageSetAside,
  type RequestOf,
  type restorePage as restoreContract,
  type setPageAside as setAsideContract,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { lockPageStanding, refusalOf } from './page-standing.ts'
import type { DB } from './schema.gen.ts'

export async function setPageAside(
  ledger: Ledger<DB>,
  { pageId, personId, reason, note }: RequestOf<typeof setAsideContract>,
): Promise<Record<string, never>> {
  return await ledger.change(async ({ trx, say }) => {
    const standing = await lockPageStanding(trx, pageId)
    if (standing.aside?.reason === reason) return {}
    const refusal = refusalOf(standing)
    if (refusal !== undefined) throw new Problem(refusal)
    const { bookId, campaignId } = standing
    await trx
      .insertInto('page_decision')
      .values({ page_id: pageId, kind: 'set-aside', person_id: personId, reason, note })
      .execute()
    const why = note === undefined ? { reason } : { reason, note }
    say(pageSetAside, { pageId, bookId, campaignId, personId, ...why })
    return {}
  })
}

/** A page that was replaced stays so: its place in the book is another one's. */
export async function restorePage(
  ledger: Ledger<DB>,
  { pageId, personId }: RequestOf<typeof restoreContract>,
): Promise<Record<string, never>> {
  return await ledger.change(async ({ trx, say }) => {
    const { bookId, campaignId, aside } = await lockPageStanding(trx, pageId)
    if (aside === null) return {}
    if (aside.kind === 'replaced') throw new Problem('PAGE_REPLACED')
    await trx
      .insertInto('page_decision')
      .values({ page_id: pageId, kind: 'restored', person_id: personId })
      .execute()
    say(pageRestored, { pageId, bookId, campaignId, personId })
    return {}
  })
}
