/** What intake says, as far as dispatch needs it. */
import { bookOpened, campaignOpened, pageReceived } from '@songnhap/contracts'
import { count, type FactHandler, on } from '@songnhap/database'
import { personNumbers } from './person.ts'
import type { DB } from './schema.gen.ts'

export const onCampaignOpened = on<DB, typeof campaignOpened>(
  campaignOpened,
  async ({ trx }, { campaignId, form, pairs }) => {
    await trx
      .insertInto('campaign')
      .values({
        campaign_id: campaignId,
        form: JSON.stringify(form),
        form_name: form.name,
        form_version: form.version,
        paired: pairs.length > 0,
      })
      .execute()
    const numbers = await personNumbers(trx, pairs.flat())
    const both = pairs.flatMap(([a, b]) => [
      { person_no: numbers.get(a) ?? 0, partner_no: numbers.get(b) ?? 0 },
      { person_no: numbers.get(b) ?? 0, partner_no: numbers.get(a) ?? 0 },
    ])
    if (both.length === 0) return
    await trx
      .insertInto('declared_pair')
      .values(both.map((pair) => ({ campaign_id: campaignId, ...pair })))
      .onConflict((conflict) => conflict.doNothing())
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

/** A page may be keyed: its two passes are opened, and whoever waits is offered one. */
export function onPageReceived(pageOpened: () => void): FactHandler<DB> {
  return on<DB, typeof pageReceived>(pageReceived, async ({ trx, afterCommit }, page) => {
    const { pageId, bookId, sequence, imageSha256 } = page
    await trx
      .insertInto('page')
      .values({ page_id: pageId, book_id: bookId, sequence, image_sha256: imageSha256 })
      .execute()
    await trx
      .insertInto('open_page')
      .columns(['page_id', 'book_id', 'lane', 'sequence', 'draw'])
      .expression((from) =>
        from
          .selectFrom('book')
          .innerJoin('campaign', 'campaign.campaign_id', 'book.campaign_id')
          .select(({ val }) => [
            val(pageId).as('page_id'),
            'book.book_id',
            'campaign.lane',
            val(sequence).as('sequence'),
            'book.draw',
          ])
          .where('book.book_id', '=', bookId),
      )
      .execute()
    await count(trx, [{ scope: page.campaignId, measure: 'pages', amount: 1 }])
    afterCommit(pageOpened)
  })
}
