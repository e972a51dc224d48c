/** What intake says, as far as dispatch needs it. */
import { bookOpened, campaignOpened, pageReceived } from '@songnhap/contracts'
import { type FactHandler, on } from '@songnhap/database'
import { sql } from 'kysely'
import { numberPeople } from './person.ts'
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
    await numberPeople(trx, pairs.flat())
    const first = pairs.map(([one]) => one)
    const second = pairs.map(([, other]) => other)
    await sql`
      insert into declared_pair (campaign_id, person_no, partner_no)
      select ${campaignId}, a.person_no, b.person_no
      from unnest(${[...first, ...second]}::uuid[], ${[...second, ...first]}::uuid[])
        as pair (one, other)
      join person a on a.person_id = pair.one
      join person b on b.person_id = pair.other
      on conflict do nothing`.execute(trx)
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
  return on<DB, typeof pageReceived>(pageReceived, async ({ trx, count, afterCommit }, page) => {
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
    count([{ scope: page.campaignId, measure: 'pages', amount: 1 }])
    afterCommit(pageOpened)
  })
}
