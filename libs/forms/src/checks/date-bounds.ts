import { isPossible, type PartialDate } from '@songnhap/comparators'

/** A day of the calendar that we count by. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The first and the last day that a date may be. */
export interface DateBounds {
  readonly first: Day
  readonly last: Day
}

const MS_PER_DAY = 86_400_000

/**
 * Undefined where the date says too little (no year, or one without its century), is of the lunar
 * calendar, which nobody converts, or is none that the calendar has.
 */
export function boundsOf(date: PartialDate | null): DateBounds | undefined {
  if (date === null || date.year === null || date.shortYear) return undefined
  if (date.calendar === 'lunar' || !isPossible(date)) return undefined
  const { year, month, day } = date
  if (month === null) {
    return { first: { year, month: 1, day: 1 }, last: { year, month: 12, day: 31 } }
  }
  return {
    first: { year, month, day: day ?? 1 },
    last: { year, month, day: day ?? daysIn(year, month) },
  }
}

function daysIn(year: number, month: number): number {
  return new Date(utc({ year, month: month + 1, day: 0 })).getUTCDate()
}

function utc({ year, month, day }: Day): number {
  // Years below 100 would be taken for those of the 20th century by Date.UTC.
  return new Date(0).setUTCFullYear(year, month - 1, day)
}

export function isAfter(one: Day, other: Day): boolean {
  return utc(one) > utc(other)
}

/** Days from one day to another; negative when that is before it. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / MS_PER_DAY)
}

/** Whole years from one day to another: somebody's age. */
export function yearsBetween(from: Day, to: Day): number {
  const isBeforeBirthday = to.month * 100 + to.day < from.month * 100 + from.day
  return to.year - from.year - (isBeforeBirthday ? 1 : 0)
}

/** ISO 8601, as forms and lists write days. */
export function isoDay({ year, month, day }: Day): string {
  const [y, m, d] = [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)]
  return `${y}-${m}-${d}`
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0')
}
