import { type PartialDate, UNKNOWN_DATE } from './partial-date.ts'
import type { DateParts } from './read-date.ts'

const PART = /^(?:\d{1,2}|\?+|_+|x{1,2})$/
const LONG_YEAR = /^\d{4}$/
const SHORT_YEAR = /^\d{2}$/
const UNKNOWN = /^(?:\?+|_+|x+)$/
/** In the order of the hand-over's notation; nothing else has so many digits without a separator. */
const RUN = /^(0[1-9]|[12]\d|3[01])?(0[1-9]|1[0-2])((?:18|19|20|21)\d\d)$/

/** Day before month before year, or the year first where it has four digits. */
export function readDateInDigits(parts: DateParts): PartialDate | null {
  const [first = '', second = '', third = ''] = parts
  if (parts.length === 3) {
    if (LONG_YEAR.test(first)) return withParts(third, second, first)
    return withParts(first, second, third)
  }
  if (parts.length === 2) {
    if (LONG_YEAR.test(first)) return withParts('?', second, first)
    // `5/72` is a month and a year; `5/12` may be either and is read as a day and a month.
    const isYear = LONG_YEAR.test(second) || Number(second) > 31
    return isYear ? withParts('?', first, second) : withParts(first, second, '?')
  }
  if (parts.length !== 1) return null
  const [, day = '?', month = '', year = ''] = RUN.exec(first) ?? []
  if (year !== '') return withParts(day, month, year)
  return first.length > 1 ? withParts('?', '?', first) : null
}

function withParts(day: string, month: string, year: string): PartialDate | null {
  if (!PART.test(day) || !PART.test(month)) return null
  const yearPart = readYear(year)
  if (yearPart === null) return null
  return { ...UNKNOWN_DATE, day: numberOf(day), month: numberOf(month), ...yearPart }
}

/** Of four digits or two; null for what is neither a year nor said to be unknown. */
export function readYear(part: string): Pick<PartialDate, 'year' | 'shortYear'> | null {
  if (UNKNOWN.test(part)) return { year: null, shortYear: false }
  if (LONG_YEAR.test(part)) return { year: Number(part), shortYear: false }
  return SHORT_YEAR.test(part) ? { year: Number(part), shortYear: true } : null
}

/** A day or month: up to two digits, or said to be unknown (null); undefined for anything else. */
export function readPart(part: string): number | null | undefined {
  return PART.test(part) ? numberOf(part) : undefined
}

function numberOf(part: string): number | null {
  return UNKNOWN.test(part) ? null : Number(part)
}
