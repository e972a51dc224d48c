/**
 * When a campaign will be done, with the range that its own days allow one to believe. Pure: days come
 * from the services, and no clock is looked at.
 */
interface DayOfWork {
  readonly day: string
  readonly settled: number
}

export interface Course {
  readonly today: string
  readonly pages: number
  readonly settled: number
  /** Oldest first; days without work may be left out. */
  readonly days: readonly DayOfWork[]
}

export type Forecast =
  | { readonly is: 'done'; readonly day: string }
  /** So many whole days are needed, so many are there. */
  | { readonly is: 'too-early'; readonly days: number }
  /** Nothing was settled in the days that are looked at. */
  | { readonly is: 'still' }
  | {
      readonly is: 'expected'
      readonly day: string
      /** In eight cases of ten it ends between these; `late` is null where no end can be believed. */
      readonly early: string
      readonly late: string | null
      /** Pages a day, and how much days differ. */
      readonly mean: number
      readonly spread: number
      readonly days: number
    }

export const DAYS_NEEDED = 5
const DAYS_LOOKED_AT = 7
/** Ten years: nobody plans further. */
const AHEAD_DAYS_MAX = 3_650
/** Where no end can be told. */
const AHEAD_DAYS_SHOWN = 365
/** Student's t, 90 %, for 4, 5 and 6 degrees of freedom: between both tails lie 80 %. */
const T90: Readonly<Record<number, number>> = { 5: 1.533, 6: 1.476, 7: 1.44 }
const DAY_MS = 86_400_000

export function forecastOf({ today, pages, settled, days }: Course): Forecast {
  const left = pages - settled
  const worked = days.filter((one) => one.settled > 0)
  const last = worked.at(-1)
  if (pages > 0 && left <= 0 && last !== undefined) return { is: 'done', day: last.day }
  const first = worked[0]
  const since = first === undefined ? 0 : daysBetween(first.day, today)
  if (since < DAYS_NEEDED) return { is: 'too-early', days: Math.max(0, since) }

  const count = Math.min(DAYS_LOOKED_AT, since)
  const byDay = new Map(days.map((one) => [one.day, one.settled]))
  // Today is not over, so it says nothing yet. Days without work count: people rest.
  const amounts = Array.from(
    { length: count },
    (_, back) => byDay.get(dayAfter(today, -1 - back)) ?? 0,
  )
  const mean = amounts.reduce((sum, one) => sum + one, 0) / count
  if (mean <= 0) return { is: 'still' }
  const variance = amounts.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1)
  const reach = (sign: -1 | 0 | 1) => daysUntil(left, { mean, variance, count, sign })
  const late = reach(-1)
  return {
    is: 'expected',
    day: dayAfter(today, reach(0) ?? AHEAD_DAYS_MAX),
    early: dayAfter(today, reach(1) ?? AHEAD_DAYS_MAX),
    late: late === null ? null : dayAfter(today, late),
    mean,
    spread: Math.sqrt(variance),
    days: count,
  }
}

interface Pace {
  readonly mean: number
  readonly variance: number
  readonly count: number
  readonly sign: -1 | 0 | 1
}

/** What is done after so many days: the mean, and how far off it may be, by days to come and days seen. */
function doneAfter(days: number, { mean, variance, count, sign }: Pace): number {
  const t = T90[count] ?? 0
  return days * mean + sign * t * Math.sqrt(variance * (days + days ** 2 / count))
}

function daysUntil(left: number, pace: Pace): number | null {
  for (let days = 0; days <= AHEAD_DAYS_MAX; days += 1) {
    if (doneAfter(days, pace) >= left) return days
  }
  return null
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

interface Ahead {
  readonly day: string
  readonly low: number
  readonly middle: number
  readonly high: number
}

/** Day by day from today to the latest end that can be believed: what may be settled by then. */
export function rangeOf(
  { mean, spread, days, late }: Extract<Forecast, { is: 'expected' }>,
  settled: number,
  pages: number,
  today: string,
): Ahead[] {
  const pace = { mean, variance: spread ** 2, count: days }
  const by = (ahead: number, sign: -1 | 0 | 1) =>
    Math.min(pages, Math.max(settled, settled + doneAfter(ahead, { ...pace, sign })))
  const length = 1 + (late === null ? AHEAD_DAYS_SHOWN : daysBetween(today, late))
  return Array.from({ length }, (_, ahead) => ({
    day: dayAfter(today, ahead),
    low: by(ahead, -1),
    middle: by(ahead, 0),
    high: by(ahead, 1),
  }))
}
