import type { readOperator as contract, OperatorDay, ReplyOf, RequestOf } from '@songnhap/contracts'
import { ewma } from '@songnhap/statistics'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { classFigures, fieldFigures, figuresOf, ranked } from './operator-figures.ts'
import { readScope, type Scope } from './operator-scope.ts'
import { tallyOne, tallyOperators } from './operator-tally.ts'
import { readBasis } from './read-basis.ts'
import { selectCharges } from './select-charges.ts'
import { selectConfusions } from './select-confusions.ts'
import { type CountsOfDay, selectDayCounts } from './select-operator-counts.ts'
import { selectTrends } from './select-trends.ts'
import { type ExpectedRates, expectedErrors } from './strata.ts'
import type { Trend } from './trend.ts'

/** Days without an error expected say nothing of a trend. */
const AVERAGE_OF_DAYS = { centre: 0, deviation: 1, weight: 0.2 }
/** Somebody's last two years. */
const DAYS_MAX = 750

/** One typist of a campaign, or of a form: figures, what they are made of, and the errors themselves. */
export async function readOperator(
  db: Kysely<DB>,
  { operatorId, after, ...asked }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const scope = await readScope(trx, asked)
      const basis = await readBasis(trx, scope)
      const tallies = [...basis.operators.values()]
      const own = basis.operators.get(operatorId) ?? tallyOne(operatorId, [], scope.formOf)
      const trend = (await selectTrends(trx, scope, [operatorId], basis)).get(operatorId) ?? null
      const others = tallies.filter((one) => one !== own).map((one) => figuresOf(one, basis, null))
      const [figures] = ranked([figuresOf(own, basis, trend), ...others])
      if (figures === undefined) throw new Error('one was ranked, and none came out')
      const { campaignIds, from, to } = scope
      const charged = { typist: operatorId, campaignIds, from, to, after: after ?? null }
      const days = await selectDayCounts(trx, scope, operatorId)
      return {
        ...basis.told,
        figures,
        fields: own.fields.map((field) => fieldFigures(field, basis.rates, basis.cutOff)),
        classes: classFigures(own.fields, basis.cutOff),
        days: figures.enough ? daysOf(days, scope, basis.rates, trend) : [],
        confusions: await selectConfusions(trx, operatorId, campaignIds),
        ...(await selectCharges(trx, charged)),
      }
    })
}

function daysOf(
  counts: readonly CountsOfDay[],
  { formOf }: Scope,
  rates: ExpectedRates,
  trend: Trend | null,
): OperatorDay[] {
  const days = [...Map.groupBy(counts, ({ day }) => day)].slice(-DAYS_MAX).flatMap(([day, own]) => {
    const [tally] = tallyOperators(own, formOf).values()
    if (tally === undefined) return []
    const { judged, wrong, fields } = tally
    return [{ day, judged, wrong, expected: expectedErrors(fields, rates) }]
  })
  const shifts = days.map(({ wrong, expected }) =>
    expected > 0 ? (wrong - expected) / Math.sqrt(expected) : 0,
  )
  const averages = ewma(shifts, AVERAGE_OF_DAYS)
  return days.map((one, at) => ({
    ...one,
    average: averages[at]?.value ?? 0,
    low: averages[at]?.low ?? 0,
    high: averages[at]?.high ?? 0,
    sum: trend?.days.get(one.day) ?? null,
    signalled: trend?.signalDays.includes(one.day) ?? false,
  }))
}
