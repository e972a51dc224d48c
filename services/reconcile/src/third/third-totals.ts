import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { type DoubtTotals, NO_DOUBTS } from './choose-doubtful.ts'
import type { TotalOf } from './third-costs.ts'

/** How many fields are in a bin of what their third entry would save. */
export function gainMeasure(bin: number): string {
  return `agreed-gain-${bin}`
}

/** What costs and doubts go by, and nothing else that is counted in a campaign: it is read as pages are compared. */
const MEASURES = [
  'second-checked',
  'second-passed-on',
  'second-disagreed',
  'third-keyed',
  'third-no-majority',
  'audited-majority',
  'audited-majority-wrong',
  'audited-agreed',
  'audited-agreed-wrong',
  'agreed-seen',
  'doubtful-asked',
  'doubtful-judged',
  'doubtful-wrong',
  'drawn-asked',
  'drawn-judged',
  'drawn-wrong',
  'settlings',
  ...NO_DOUBTS.gains.map((_, bin) => gainMeasure(bin)),
]

export async function readThirdTotals(db: Kysely<DB>, campaignId: string): Promise<TotalOf> {
  const { rows } = await sql<{ measure: string; amount: number }>`
    select measure, sum(amount)::bigint as amount
    from (select measure, amount from tally
          where scope = ${campaignId} and measure = any (${MEASURES}::text[])
          union all
          select measure, amount from tally_delta
          where scope = ${campaignId} and measure = any (${MEASURES}::text[])) both_tables
    group by measure`.execute(db)
  const totals = new Map(rows.map(({ measure, amount }) => [measure, amount]))
  return (measure) => totals.get(measure) ?? 0
}

export function doubtTotals(total: TotalOf): DoubtTotals {
  return {
    seen: total('agreed-seen'),
    asked: total('doubtful-asked'),
    gains: NO_DOUBTS.gains.map((_, bin) => total(gainMeasure(bin))),
  }
}
