import { distance as levenshtein } from 'fastest-levenshtein'
import { isPossible, type PartialDate, writeDate } from '../dates/partial-date.ts'
import { readAge } from '../dates/read-age.ts'
import { readDate } from '../dates/read-date.ts'
import { AS_SEEN, type Folding, type KindRules, type Likeness } from '../kind-rules.ts'

const DATE_LAYOUT: Folding = {
  rule: 'date-layout',
  fold: (value) => {
    const date = readDate(value)
    return date === null ? (readAge(value) ?? value) : writeDate(date)
  },
}

/** `1/2/85` and `1/2/1985`. Nobody but the register says that it was not 1885. */
const CENTURY_LEFT_OUT: Likeness = {
  rule: 'century-left-out',
  holds: (a, b) => {
    const [left, right] = [readDate(a), readDate(b)]
    if (left === null || right === null || left.shortYear === right.shortYear) return false
    return writeDate(withoutCentury(left)) === writeDate(withoutCentury(right))
  },
}

function withoutCentury(date: PartialDate): PartialDate {
  return { ...date, shortYear: true, year: date.year === null ? null : date.year % 100 }
}

/** A date with each part known or not. Equal when all parts and the calendar are; nothing is completed. */
export const DATE: KindRules = {
  foldings: [...AS_SEEN, DATE_LAYOUT],
  likenesses: [CENTURY_LEFT_OUT],
  distance: (a, b) => levenshtein(a, b) / Math.max(a.length, b.length),
  detail: (a, b) => detailOf(readDate(a), readDate(b)),
  weight: 3,
}

function detailOf(a: PartialDate | null, b: PartialDate | null): string[] {
  if (a === null || b === null) return ['no-date']
  const parts = (['day', 'month', 'year', 'calendar'] as const).filter(
    (part) => a[part] !== b[part],
  )
  const swapped = a.day !== a.month && a.day === b.month && a.month === b.day && a.year === b.year
  return [
    ...parts,
    ...(swapped ? ['day-month-swapped'] : []),
    ...(isPossible(a) && isPossible(b) ? [] : ['impossible-date']),
  ]
}
