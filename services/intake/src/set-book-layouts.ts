import { isDeepStrictEqual } from 'node:util'
import {
  bookLayoutsChanged,
  type setBookLayouts as contract,
  Problem,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { needLayouts } from './need-layouts.ts'
import type { DB } from './schema.gen.ts'

/** Where fields are shown on the pages of a book from now on. Said again it changes nothing. */
export async function setBookLayouts(
  ledger: Ledger<DB>,
  { bookId, layouts }: RequestOf<typeof contract>,
): Promise<Record<string, never>> {
  return await ledger.change(async ({ trx, say }) => {
    const book = await trx
      .selectFrom('book')
      .select(['campaign_id as campaignId', 'layouts'])
      .where('book_id', '=', bookId)
      .forUpdate()
      .executeTakeFirst()
    if (book === undefined) throw new Problem('NOT_FOUND')
    if (isDeepStrictEqual(book.layouts, layouts)) return {}
    await needLayouts(trx, book.campaignId, layouts ?? [])
    await trx.updateTable('book').set({ layouts }).where('book_id', '=', bookId).execute()
    say(bookLayoutsChanged, { bookId, campaignId: book.campaignId, layouts })
    return {}
  })
}
