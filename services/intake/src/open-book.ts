import {
  bookOpened,
  type openBook as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { needLayouts } from './need-layouts.ts'
import type { DB } from './schema.gen.ts'

/** Opens a book once an id. */
export async function openBook(
  ledger: Ledger<DB>,
  opening: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { bookId, campaignId, title, layouts } = opening
  return await ledger.change(async ({ trx, say }) => {
    const campaign = await trx
      .selectFrom('campaign')
      .select('campaign_id')
      .where('campaign_id', '=', campaignId)
      .executeTakeFirst()
    if (campaign === undefined) throw new Problem('NOT_FOUND')
    const { numInsertedOrUpdatedRows: opened } = await trx
      .insertInto('book')
      .values({ book_id: bookId, campaign_id: campaignId, title, layouts: layouts ?? null })
      .onConflict((conflict) => conflict.column('book_id').doNothing())
      .executeTakeFirst()
    if (opened === 1n) {
      await needLayouts(trx, campaignId, layouts ?? [])
      say(bookOpened, { bookId, campaignId, title, ...(layouts === undefined ? {} : { layouts }) })
      return { bookId }
    }
    const stored = await trx
      .selectFrom('book')
      .select(['campaign_id', 'title'])
      .where('book_id', '=', bookId)
      .executeTakeFirstOrThrow()
    // Its layouts may have been changed since.
    const same = stored.campaign_id === campaignId && stored.title === title
    if (!same) throw new Problem('ALREADY_EXISTS')
    return { bookId }
  })
}
