/** What supervisors decide about pages, as intake says it: a frozen book whose pages change is open again. */
import { pageRestored, pageSetAside } from '@songnhap/contracts'
import { on } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { thawBooks } from './audits/thaw-book.ts'
import { retireSetAside } from './known-pages/confirm-known-page.ts'
import type { DB } from './schema.gen.ts'

export const onPageSetAside = on<DB, typeof pageSetAside>(
  pageSetAside,
  async (change, { pageId, bookId, reason, personId }) => {
    await lockBook(change.trx, bookId)
    await thawBooks(change, [bookId], 'page-set-aside')
    await change.trx
      .insertInto('aside_page')
      .values({ page_id: pageId, reason })
      .onConflict((conflict) => conflict.column('page_id').doUpdateSet({ reason }))
      .execute()
    await retireSetAside(change, pageId, personId)
  },
)

export function onPageRestored(arbitrationOpened: () => void) {
  return on<DB, typeof pageRestored>(pageRestored, async (change, { pageId, bookId }) => {
    await lockBook(change.trx, bookId)
    await thawBooks(change, [bookId], 'page-restored')
    await change.trx.deleteFrom('aside_page').where('page_id', '=', pageId).execute()
    change.afterCommit(arbitrationOpened)
  })
}

/** A freeze is waited for: whichever comes first, what is frozen is what was drawn from. */
async function lockBook(trx: Transaction<DB>, bookId: string): Promise<void> {
  await sql`select from book where book_id = ${bookId} for key share`.execute(trx)
}
