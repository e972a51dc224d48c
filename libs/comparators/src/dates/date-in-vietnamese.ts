import { readDateInDigits, readPart, readYear } from './date-in-digits.ts'
import { numberBelowHundred, yearInWords } from './number-words.ts'
import { type PartialDate, UNKNOWN_DATE } from './partial-date.ts'
import type { DateParts } from './read-date.ts'

/** What may stand before the number of a day. */
const BEFORE_DAY = new Set(['ngày', 'mồng', 'mùng'])
const DAYS_BY_NAME: ReadonlyMap<string, number> = new Map([['rằm', 15]])
const MONTHS_BY_NAME: ReadonlyMap<string, number> = new Map([
  ['giêng', 1],
  ['chạp', 12],
])
const MONTH_WORDS_MAX = 2

/** `ngày … tháng … năm …`, each part in digits or words, and any of them left out. */
export function readDateInVietnamese(parts: DateParts): PartialDate | null {
  const monthAt = parts.indexOf('tháng')
  const dayParts = withoutMarkers(monthAt === -1 ? parts : parts.slice(0, monthAt))
  if (monthAt !== -1) {
    // Nothing but the printed words of the form.
    if (parts.join(' ') === 'ngày tháng năm') return null
    const day = dayParts.length === 0 ? null : readDay(dayParts)
    return day === undefined ? null : readFromMonth(parts.slice(monthAt + 1), day)
  }
  if (parts[0] === 'năm') return withYear(UNKNOWN_DATE, parts.slice(1))
  if (!BEFORE_DAY.has(parts[0] ?? '') && !DAYS_BY_NAME.has(parts[0] ?? '')) {
    return withYear(UNKNOWN_DATE, parts)
  }
  const digits = dayParts.length > 1 ? readDateInDigits(dayParts) : null
  const day = digits === null ? readDay(dayParts) : undefined
  return digits ?? (day === undefined ? null : { ...UNKNOWN_DATE, day })
}

function withoutMarkers(parts: DateParts): DateParts {
  const at = parts.findIndex((part) => !BEFORE_DAY.has(part))
  return at === -1 ? [] : parts.slice(at)
}

/** `tháng năm năm …`: the month is the longest beginning after which a year can follow. */
function readFromMonth(parts: DateParts, day: number | null): PartialDate | null {
  for (let length = Math.min(MONTH_WORDS_MAX, parts.length); length > 0; length -= 1) {
    const month = readMonth(parts.slice(0, length))
    if (month === undefined) continue
    const date = { ...UNKNOWN_DATE, day, month }
    const rest = parts.slice(length)
    if (rest.length === 0) return date
    const found = rest[0] === 'năm' ? withYear(date, rest.slice(1)) : withYearInDigits(date, rest)
    if (found !== null) return found
  }
  return null
}

function readDay(parts: DateParts): number | null | undefined {
  const [only = ''] = parts
  if (parts.length === 1) return DAYS_BY_NAME.get(only) ?? readPart(only) ?? wordsOrUnknown(parts)
  return numberBelowHundred(parts)
}

function readMonth(parts: DateParts): number | null | undefined {
  const [only = ''] = parts
  if (parts.length === 1) return MONTHS_BY_NAME.get(only) ?? readPart(only) ?? wordsOrUnknown(parts)
  // `tháng mười năm …`: October of a year, since there is no fifteenth month.
  return only === 'mười' && parts[1] !== 'năm' ? numberBelowHundred(parts) : undefined
}

/** `?` is a part whose number is null, which `??` above passes on to here. */
function wordsOrUnknown(parts: DateParts): number | null | undefined {
  return readPart(parts[0] ?? '') === null ? null : numberBelowHundred(parts)
}

function withYear(date: PartialDate, parts: DateParts): PartialDate | null {
  const inDigits = withYearInDigits(date, parts)
  if (inDigits !== null) return inDigits
  const year = yearInWords(parts)
  if (year === undefined || year < 10) return null
  return { ...date, year, shortYear: year < 100 }
}

function withYearInDigits(date: PartialDate, parts: DateParts): PartialDate | null {
  const year = parts.length === 1 ? readYear(parts[0] ?? '') : null
  return year === null ? null : { ...date, ...year }
}
