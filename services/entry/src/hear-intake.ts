/** What intake says, as far as dispatch needs it. */
import {
  bookLayoutsChanged,
  bookOpened,
  campaignFormChanged,
  campaignOpened,
  campaignPagesAheadChanged,
  type FormDefinition,
  pageReceived,
} from '@songnhap/contracts'
import { type FactHandler, on, onMany, today } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { numberPeople } from './person.ts'
import type { DB } from './schema.gen.ts'

export const onCampaignOpened = on<DB, typeof campaignOpened>(
  campaignOpened,
  async ({ trx }, { campaignId, form, pairs, pagesAhead }) => {
    await trx
      .insertInto('campaign')
      .values({
        campaign_id: campaignId,
        form_name: form.name,
        form_version: form.version,
        paired: pairs.length > 0,
        pages_ahead: pagesAhead ?? null,
        single_fields: form.fields.some(({ entry }) => entry === 'single'),
      })
      .execute()
    await keepForm(trx, campaignId, form)
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

/** Pages that are in hand stay with the version that they were given with. */
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

/** Whoever holds more gives nothing back, and gets nothing until it is fewer. */
export const onPagesAheadChanged = on<DB, typeof campaignPagesAheadChanged>(
  campaignPagesAheadChanged,
  async ({ trx }, { campaignId, pagesAhead }) => {
    await trx
      .updateTable('campaign')
      .set({ pages_ahead: pagesAhead })
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

/** Pages that are in hand follow when their holder asks next. */
export const onBookLayoutsChanged = on<DB, typeof bookLayoutsChanged>(
  bookLayoutsChanged,
  async ({ trx }, { bookId, layouts }) => {
    await trx.updateTable('book').set({ layouts }).where('book_id', '=', bookId).execute()
  },
)

/** Pages may be keyed: their two passes are opened, and whoever waits is offered one. */
export function onPageReceived(pageOpened: () => void): FactHandler<DB> {
  return onMany<DB, typeof pageReceived>(
    pageReceived,
    async ({ trx, count, afterCommit }, pages) => {
      await sql`
        with received as (
          insert into page (page_id, book_id, sequence, image_sha256, single_pass)
          select page_id, book_id, sequence, image_sha256,
            -- Drawn by what makes ids: no earlier draw tells the next.
            case when single_fields then 1 + get_byte(uuid_send(gen_random_uuid()), 0) % 2 end
          from unnest(
            ${pages.map(({ pageId }) => pageId)}::uuid[],
            ${pages.map(({ bookId }) => bookId)}::uuid[],
            ${pages.map(({ sequence }) => sequence)}::int[],
            ${pages.map(({ imageSha256 }) => imageSha256)}::text[])
            as p (page_id, book_id, sequence, image_sha256)
          left join book using (book_id) left join campaign using (campaign_id)
          returning page_id, book_id, sequence, single_pass
        )
        insert into open_page (page_id, book_id, lane, sequence, draw, single_pass)
        select page_id, book_id, lane, sequence, draw, single_pass
        from received join book using (book_id) join campaign using (campaign_id)`.execute(trx)
      const received = { measure: 'pages', field: today(), amount: 1 }
      count(pages.map(({ campaignId }) => ({ scope: campaignId, ...received })))
      afterCommit(pageOpened)
    },
  )
}
