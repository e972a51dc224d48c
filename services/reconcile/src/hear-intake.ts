/** What intake says, as far as truth needs it: which form a page has, and where it stands. */
import {
  bookLayoutsChanged,
  bookOpened,
  campaignFormChanged,
  campaignOpened,
  type FormDefinition,
  pageReceived,
} from '@songnhap/contracts'
import { on, onMany } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { thawBooks } from './audits/thaw-book.ts'
import type { DB } from './schema.gen.ts'

export const onCampaignOpened = on<DB, typeof campaignOpened>(
  campaignOpened,
  async ({ trx }, { campaignId, form }) => {
    await trx
      .insertInto('campaign')
      .values({ campaign_id: campaignId, form_version: form.version })
      .execute()
    await keepForm(trx, campaignId, form)
  },
)

/** What was compared by an earlier version stays so until somebody has it compared once more. */
export const onCampaignFormChanged = on<DB, typeof campaignFormChanged>(
  campaignFormChanged,
  async ({ trx }, { campaignId, form }) => {
    await keepForm(trx, campaignId, form)
    await trx
      .updateTable('campaign')
      .set({ form_version: form.version })
      .where('campaign_id', '=', campaignId)
      .execute()
  },
)

/** A campaign may come back to a version that it had. */
async function keepForm(
  trx: Transaction<DB>,
  campaignId: string,
  form: FormDefinition,
): Promise<void> {
  await trx
    .insertInto('campaign_form')
    .values({
      campaign_id: campaignId,
      form_version: form.version,
      form: JSON.stringify(form),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export const onBookOpened = on<DB, typeof bookOpened>(
  bookOpened,
  async ({ trx }, { bookId, campaignId, title, layouts = null }) => {
    await trx
      .insertInto('book')
      .values({ book_id: bookId, campaign_id: campaignId, title, layouts })
      .execute()
  },
)

export const onBookLayoutsChanged = on<DB, typeof bookLayoutsChanged>(
  bookLayoutsChanged,
  async ({ trx }, { bookId, layouts }) => {
    await trx.updateTable('book').set({ layouts }).where('book_id', '=', bookId).execute()
  },
)

export const onPageReceived = onMany<DB, typeof pageReceived>(
  pageReceived,
  async (change, pages) => {
    const { trx } = change
    // The lock of a freeze is waited for: whichever comes first, no page is in a frozen book.
    const bookIds = [...new Set(pages.map(({ bookId }) => bookId))].sort()
    await sql`
      select from book where book_id = any (${bookIds}::uuid[]) order by book_id for key share`.execute(
      trx,
    )
    await thawBooks(change, bookIds, 'page-received')
    await sql`
      insert into page (page_id, campaign_id, book_id, sequence, image_sha256)
      select * from unnest(
        ${pages.map(({ pageId }) => pageId)}::uuid[],
        ${pages.map(({ campaignId }) => campaignId)}::uuid[],
        ${pages.map(({ bookId }) => bookId)}::uuid[],
        ${pages.map(({ sequence }) => sequence)}::int[],
        ${pages.map(({ imageSha256 }) => imageSha256)}::text[])`.execute(trx)
  },
)
