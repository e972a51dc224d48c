import { connectBus } from '@songnhap/bus'
import {
  bookOpened,
  campaignOpened,
  type FormDefinition,
  pageReceived,
  type ServiceName,
} from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import type pg from 'pg'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'

const PAGES_A_BOOK = 100

export interface PlannedCampaign {
  readonly campaignId: string
  readonly pageIds: readonly string[]
  /** What intake would say of it: kinds and bodies. */
  readonly facts: readonly (readonly [kind: string, body: unknown])[]
}

/** A campaign with so many pages, of which nobody has heard yet. */
export function planCampaign(form: FormDefinition, pages: number): PlannedCampaign {
  const campaignId = uuidv7()
  const facts: [kind: string, body: unknown][] = [
    [campaignOpened.kind, { campaignId, name: 'Đo tốc độ', form, pairs: [] }],
  ]
  const pageIds: string[] = []
  for (let first = 0; first < pages; first += PAGES_A_BOOK) {
    const bookId = uuidv7()
    facts.push([
      bookOpened.kind,
      { bookId, campaignId, title: `Quyển ${first / PAGES_A_BOOK + 1}` },
    ])
    for (let place = 1; place <= PAGES_A_BOOK && pageIds.length < pages; place += 1) {
      const pageId = uuidv7()
      const imageSha256 = pageId.replaceAll('-', '').repeat(2)
      pageIds.push(pageId)
      facts.push([pageReceived.kind, { pageId, bookId, campaignId, sequence: place, imageSha256 }])
    }
  }
  return { campaignId, pageIds, facts }
}

/**
 * Lets intake say it, by putting the facts into its ledger's outbox: the pipeline begins where a
 * page has been received. Scans are stored once a page, by whatever means.
 */
export async function sayCampaign(
  database: pg.Pool,
  installation: Installation,
  { facts }: PlannedCampaign,
): Promise<void> {
  await database.query(
    `with said as (
       insert into intake.fact (kind, body)
       select kind, body from unnest($1::text[], $2::json[]) f (kind, body) returning fact_id)
     insert into intake.outbox select fact_id from said`,
    [facts.map(([kind]) => kind), facts.map(([, body]) => JSON.stringify(body))],
  )
  await poke(installation, 'intake')
}

/** Without it the relay would look by itself, up to a second later. */
async function poke({ servers, namespace }: Installation, service: ServiceName): Promise<void> {
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url: servers.natsUrl, namespace, name: 'bench', log })
  bus.poke(service)
  await bus.close()
}
