/** What intake says, as far as truth needs it: which form a page has, and where it stands. */
import { bookOpened, campaignOpened, pageReceived } from '@songnhap/contracts'
import { on } from '@songnhap/database'
import type { DB } from './schema.gen.ts'

export const onCampaignOpened = on<DB, typeof campaignOpened>(
  campaignOpened,
  async ({ trx }, { campaignId, form }) => {
    await trx
      .insertInto('campaign')
      .values({ campaign_id: campaignId, form: JSON.stringify(form) })
      .execute()
  },
)

export const onBookOpened = on<DB, typeof bookOpened>(
  bookOpened,
  async ({ trx }, { bookId, campaignId, title }) => {
    await trx
      .insertInto('book')
      .values({ book_id: bookId, campaign_id: campaignId, title })
      .execute()
  },
)

export const onPageReceived = on<DB, typeof pageReceived>(pageReceived, async ({ trx }, page) => {
  await trx
    .insertInto('page')
    .values({
      page_id: page.pageId,
      campaign_id: page.campaignId,
      book_id: page.bookId,
      sequence: page.sequence,
      image_sha256: page.imageSha256,
    })
    .execute()
})
