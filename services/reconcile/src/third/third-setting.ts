/** Whether third entries are asked for in a campaign, with the costs that speak for it. */
import {
  Problem,
  type ReplyOf,
  type RequestOf,
  type readThirdEntries as readContract,
  type setThirdEntries as setContract,
} from '@songnhap/contracts'
import { type Ledger, momentIn } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import { rateFigure } from '../accuracy/figures.ts'
import type { DB } from '../schema.gen.ts'
import { DRAWN_PART } from './choose-agreed.ts'
import { thirdCosts } from './third-costs.ts'
import { readThirdTotals } from './third-totals.ts'

/** Of a campaign in which nobody has said otherwise yet. */
const AGREED_SHARE_AT_FIRST = 0.02

interface Standing {
  readonly on: boolean
  readonly share: number
  readonly waiting: number
}

export async function readThirdEntries(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof readContract>,
): Promise<ReplyOf<typeof readContract>> {
  const { rows } = await sql<Standing>`
    select coalesce((select is_on from third_setting s where s.campaign_id = c.campaign_id
        order by set_at desc limit 1), false) as on,
      coalesce((select agreed_share from third_setting s where s.campaign_id = c.campaign_id
        order by set_at desc limit 1), ${AGREED_SHARE_AT_FIRST}) as share,
      (select count(*)::int from audit_page a join page p using (page_id)
        where a.audit_id is null and p.campaign_id = c.campaign_id
          and not exists (select from audit_reading r
            where r.page_id = a.page_id and r.turn = a.turn)) as waiting
    from campaign c where campaign_id = ${campaignId}`.execute(db)
  const [standing] = rows
  if (standing === undefined) throw new Problem('NOT_FOUND')
  const { share, ...told } = standing
  const totalOf = await readThirdTotals(db, campaignId)
  const keyed = totalOf('third-keyed')
  const cutOff = {
    asOf: (await momentIn(db, 0)).toISOString(),
    truth: totalOf('settlings'),
  }
  const askedAs = (why: 'doubtful' | 'drawn') => ({
    asked: totalOf(`${why}-asked`),
    wrong: rateFigure(totalOf(`${why}-wrong`), totalOf(`${why}-judged`), cutOff),
  })
  return {
    ...told,
    ...thirdCosts(totalOf),
    keyed,
    majority: keyed - totalOf('third-no-majority'),
    agreed: {
      share,
      chance: share * DRAWN_PART,
      seen: totalOf('agreed-seen'),
      doubtful: askedAs('doubtful'),
      drawn: askedAs('drawn'),
    },
  }
}

export async function setThirdEntries(
  ledger: Ledger<DB>,
  { campaignId, personId, on, agreedShare }: RequestOf<typeof setContract>,
): Promise<ReplyOf<typeof setContract>> {
  return await ledger.change(async ({ trx }) => {
    // Refuses a campaign that is not there, before anything is stored.
    const { agreed } = await readThirdEntries(trx, { campaignId })
    const share = agreedShare ?? agreed.share
    await trx
      .insertInto('third_setting')
      .values({ campaign_id: campaignId, is_on: on, agreed_share: share, set_by: personId })
      .execute()
    return await readThirdEntries(trx, { campaignId })
  })
}
