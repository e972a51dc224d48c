import type { Ruling } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql } from 'kysely'
import type { PageCase } from './page-case.ts'
import type { DB } from './schema.gen.ts'

/** Whoever was away longer was not deciding all the while. */
const PAUSE_SECONDS_MAX = 900

/**
 * How long these rulings took: since the person had the page in hand, or since his or her rulings before,
 * whichever is later; whoever holds several pages looks at one at a time. Kept once a submission.
 */
export async function storeRulingTime(
  { trx, count }: Change<DB>,
  { pageId, campaignId }: Pick<PageCase, 'pageId' | 'campaignId'>,
  submission: {
    submissionId: string
    personId: string
    leaseToken: string
    rulings: readonly Ruling[]
  },
): Promise<void> {
  const { submissionId, personId, leaseToken } = submission
  const { rows } = await sql<{ seconds: number }>`
    insert into ruling_time (submission_id, campaign_id, page_id, person_id, seconds)
    select ${submissionId}, ${campaignId}, ${pageId}, ${personId}, least(${PAUSE_SECONDS_MAX},
      extract(epoch from clock_timestamp() - greatest(l.leased_at, (
        select max(t.ruled_at) from ruling_time t where t.person_id = ${personId}))))
    from arbitration_lease l where l.lease_token = ${leaseToken}
    returning seconds`.execute(trx)
  const [taken] = rows
  if (taken === undefined) return
  const by = { scope: campaignId, subject: personId }
  count([
    { ...by, measure: 'rulings-timed', amount: submission.rulings.length },
    { ...by, measure: 'ruling-ms', amount: Math.round(1000 * taken.seconds) },
  ])
}
