import {
  campaignPagesAheadChanged,
  type setPagesAhead as contract,
  Problem,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { sql } from 'kysely'
import type { DB } from './schema.gen.ts'

/** How many pages typists hold ahead from now on; what they hold already stays. Said again it changes nothing. */
export async function setPagesAhead(
  ledger: Ledger<DB>,
  { campaignId, pagesAhead }: RequestOf<typeof contract>,
): Promise<Record<string, never>> {
  return await ledger.change(async ({ trx, say }) => {
    const campaign = await trx
      .selectFrom('campaign')
      .select('pages_ahead')
      .where('campaign_id', '=', campaignId)
      .forUpdate()
      .executeTakeFirst()
    if (campaign === undefined) throw new Problem('NOT_FOUND')
    if (campaign.pages_ahead === pagesAhead) return {}
    await trx
      .updateTable('campaign')
      .set({ pages_ahead: sql<number | null>`${pagesAhead}::smallint` })
      .where('campaign_id', '=', campaignId)
      .execute()
    say(campaignPagesAheadChanged, { campaignId, pagesAhead })
    return {}
  })
}
