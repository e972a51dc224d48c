import type { Transaction } from 'kysely'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'

/** What is asked of a page apart from its own arbitration lies with one more person. */
export async function openSeat(
  trx: Transaction<DB>,
  { pageId, campaignId }: Pick<PageCase, 'pageId' | 'campaignId'>,
  { seat, turn = 1, escalated }: { seat: number; turn?: number; escalated: boolean },
): Promise<void> {
  await trx
    .insertInto('open_arbitration')
    .values({ page_id: pageId, campaign_id: campaignId, seat, turn, escalated })
    // Somebody has it, and is asked that too.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
