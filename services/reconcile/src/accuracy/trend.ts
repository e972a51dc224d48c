/** Whether somebody errs more than he or she used to. Pure. */
import type { FormDefinition, TrendFigures } from '@songnhap/contracts'
import { CUSUM_LIMIT, cusumWeights, type PageWeights, pagedCusum } from '@songnhap/statistics'
import { judgedFields } from './operator-tally.ts'
import type { ExpectedRates } from './strata.ts'

/** So many pages, the last ones: a chart over years would tell of years ago, and take as long to read. */
export const TREND_PAGES_MAX = 500
const ODDS_RATIO = 2
/** What somebody's usual level is, the first fields tell, at most half of all: drift is a change of the person. */
const USUAL_FIELDS_MAX = 2_000
/** So many errors and expected ones more draw the level towards 1 while there are few. */
const SHRINK_BY = 2
const EXPECTED_MAX = 0.5

export interface KeyedPage {
  readonly day: string
  readonly form: FormDefinition
  readonly records: number
  readonly wrong: readonly string[]
  readonly unjudged: readonly string[]
}

export interface Trend extends TrendFigures {
  /** By day, after its last page. */
  readonly days: ReadonlyMap<string, number>
}

/**
 * Pages in the order of keying. Null where there is nothing to expect. The limit is for independent fields:
 * the design effect of pages multiplies it, as it does the scatter of a sum.
 */
export function trendOf(
  pages: readonly KeyedPage[],
  rates: ExpectedRates,
  pageEffect: number,
): Trend | null {
  if (rates === null) return null
  const judged = pages.map(judgedOf)
  const first = usualPages(judged)
  const usual = levelOf(pages.slice(0, first), rates)
  const weigh = weighing((field) => Math.min(EXPECTED_MAX, rates(field) * usual))
  const limit = CUSUM_LIMIT * pageEffect
  const { sums, signals } = pagedCusum(pages.slice(first).map(weigh), limit)
  const dayOf = (at: number) => pages[first + at]?.day ?? ''
  return {
    usual,
    usualOf: sum(judged.slice(0, first), Number),
    sum: sums.at(-1) ?? 0,
    limit,
    oddsRatio: ODDS_RATIO,
    fields: sum(judged.slice(first), Number),
    signalDays: [...new Set(signals.map(dayOf))],
    days: new Map(sums.map((value, at) => [dayOf(at), value])),
  }
}

function judgedOf({ form, records, unjudged }: KeyedPage): number {
  return records * judgedFields(form).length - unjudged.length
}

/** How many pages make up the first fields. */
function usualPages(judged: readonly number[]): number {
  const wanted = Math.min(USUAL_FIELDS_MAX, sum(judged, Number) / 2)
  let [seen, pages] = [0, 0]
  while (seen < wanted && pages < judged.length) {
    seen += judged[pages] ?? 0
    pages += 1
  }
  return pages
}

/** With one standard error on top: taken too low, a level would have its person signalled for nothing. */
function levelOf(pages: readonly KeyedPage[], rates: NonNullable<ExpectedRates>): number {
  const expected = sum(pages, ({ form, records, unjudged }) => {
    const all = records * sum(judgedFields(form), ({ name }) => rates(name))
    return all - sum(unjudged, rates)
  })
  const wrong = SHRINK_BY + sum(pages, (page) => page.wrong.length)
  return (wrong + Math.sqrt(wrong)) / (SHRINK_BY + expected)
}

/** Nearly every field is right: what a record of right fields weighs is worked out once a form. */
function weighing(rateOf: (field: string) => number): (page: KeyedPage) => PageWeights {
  const known = new Map<string, ReturnType<typeof cusumWeights>>()
  const weightsOf = (field: string) => {
    const weights = known.get(field) ?? cusumWeights(rateOf(field), ODDS_RATIO)
    known.set(field, weights)
    return weights
  }
  const rightOf = (field: string) => weightsOf(field).right
  const records = new Map<FormDefinition, number>()
  return ({ form, records: count, wrong, unjudged }) => {
    const record = records.get(form) ?? sum(judgedFields(form), ({ name }) => rightOf(name))
    records.set(form, record)
    return {
      right: count * record - sum(wrong, rightOf) - sum(unjudged, rightOf),
      wrong: wrong.map((field) => weightsOf(field).wrong),
    }
  }
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}
