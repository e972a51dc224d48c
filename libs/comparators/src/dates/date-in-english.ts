import { readPart, readYear } from './date-in-digits.ts'
import { type PartialDate, UNKNOWN_DATE } from './partial-date.ts'
import type { DateParts } from './read-date.ts'

const MONTHS =
  'january february march april may june july august september october november december'.split(' ')
const SHORT_LENGTH = 3
const BESIDE_NUMBER = new Set(['st', 'nd', 'rd', 'th', 'of', 'the'])

/** `9 August 1826`, `Aug 9th`, `August 1826`: registers of other countries write months by name. */
export function readDateInEnglish(parts: DateParts): PartialDate | null {
  const words = parts.filter((part) => !BESIDE_NUMBER.has(part))
  const at = words.findIndex((word) => monthOf(word) !== undefined)
  const month = monthOf(words[at] ?? '')
  if (month === undefined || at > 1) return null
  const rest = words.filter((_, index) => index !== at)
  const [first = '', second] = rest
  if (rest.length === 0) return { ...UNKNOWN_DATE, month }
  if (rest.length > 2) return null

  const alone = second === undefined && first.length === 4
  const day = alone ? null : readPart(first)
  const year = alone ? readYear(first) : second === undefined ? {} : readYear(second)
  return day === undefined || year === null ? null : { ...UNKNOWN_DATE, day, month, ...year }
}

function monthOf(word: string): number | undefined {
  if (word === 'sept') return MONTHS.indexOf('september') + 1
  const index = MONTHS.findIndex(
    (month) => month === word || (word.length === SHORT_LENGTH && month.startsWith(word)),
  )
  return index === -1 ? undefined : index + 1
}
