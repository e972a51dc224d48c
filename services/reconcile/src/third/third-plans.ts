import type { FieldClass } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { type CampaignCounts, readFieldCounts } from './read-field-counts.ts'
import { type TotalOf, thirdCosts } from './third-costs.ts'
import { readThirdTotals } from './third-totals.ts'

/** What a campaign asks third people for, and what it goes by. */
export interface ThirdPlan {
  /** In which classes of fields a third entry is cheaper where two differ. */
  readonly classes: ReadonlySet<FieldClass>
  readonly total: TotalOf
  /** What is asked of that on which two agree. Null: nothing. */
  readonly agreed: AgreedPlan | null
}

export interface AgreedPlan {
  readonly share: number
  readonly counts: CampaignCounts
  /** By which fields are drawn whatever their risk. */
  readonly secret: string
}

interface Row {
  readonly campaignId: string
  readonly share: number
  readonly secret: string
}

/** Of those of these campaigns that ask for third entries. */
export async function readThirdPlans(
  trx: Transaction<DB>,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, ThirdPlan>> {
  const { rows } = await sql<Row>`
    select campaign_id as "campaignId", agreed_share as share, secret from (
      select distinct on (campaign_id) campaign_id, is_on, agreed_share from third_setting
      where campaign_id = any (${[...new Set(campaignIds)]}::uuid[])
      order by campaign_id, set_at desc) s, recheck_draw
    where is_on`.execute(trx)
  const plans = new Map<string, ThirdPlan>()
  for (const { campaignId, share, secret } of rows) {
    const total = await readThirdTotals(trx, campaignId)
    const cheaper = thirdCosts(total).classes.filter((one) => one.favoured)
    const classes = new Set(cheaper.map((one) => one.class))
    const agreed =
      share === 0 ? null : { share, secret, counts: await readFieldCounts(trx, campaignId) }
    plans.set(campaignId, { classes, total, agreed })
  }
  return plans
}
