/** Whether somebody errs more than he or she used to. Pure. */
import type { FormDefinition, TrendFigures } from '@songnhap/contracts'
import { CUSUM_LIMIT, type PageCounts, pagedCusum } from '@songnhap/statistics'
import { judgedFields } from './operator-tally.ts'
import type { ExpectedRates } from './strata.ts'

/** So many pages, the last ones: a chart over years would tell of years ago, and take as long to read. */
export const TREND_PAGES_MAX = 1_000
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

/** Pages in the order of keying. Null where there is nothing to expect. */
export function trendOf(pages: readonly KeyedPage[], rates: ExpectedRates): Trend | null {
  if (rates === null) return null
  const counts = pages.map((page) => countsOf(page, rates))
  const judged = counts.map((page) => sum(page, (field) => field.judged))
  const first = usualPages(judged)
  const usual = levelOf(counts.slice(0, first).flat())
  const later = counts.slice(first).map((page) => scaled(page, usual))
  const { sums, signals } = pagedCusum(later, CUSUM_LIMIT, ODDS_RATIO)
  const dayOf = (at: number) => pages[first + at]?.day ?? ''
  return {
    usual,
    usualOf: sum(judged.slice(0, first), Number),
    sum: sums.at(-1) ?? 0,
    limit: CUSUM_LIMIT,
    oddsRatio: ODDS_RATIO,
    fields: sum(judged.slice(first), Number),
    signalDays: [...new Set(signals.map(dayOf))],
    days: new Map(sums.map((value, at) => [dayOf(at), value])),
  }
}

function countsOf(
  { form, records, wrong, unjudged }: KeyedPage,
  rates: NonNullable<ExpectedRates>,
): PageCounts {
  return judgedFields(form).map(({ name }) => ({
    expected: rates(name),
    wrong: wrong.filter((one) => one === name).length,
    judged: records - unjudged.filter((one) => one === name).length,
  }))
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
function levelOf(fields: PageCounts): number {
  const expected = SHRINK_BY + sum(fields, (field) => field.judged * field.expected)
  const wrong = SHRINK_BY + sum(fields, (field) => field.wrong)
  return (wrong + Math.sqrt(wrong)) / expected
}

function scaled(page: PageCounts, level: number): PageCounts {
  return page.map((field) => ({
    ...field,
    expected: Math.min(EXPECTED_MAX, field.expected * level),
  }))
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}
