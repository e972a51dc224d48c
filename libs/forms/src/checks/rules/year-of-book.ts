import { boundsOf } from '../date-bounds.ts'
import { dateIn, plainValue } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

const YEAR = /(?<!\d)(?:1[89]|2[01])\d\d(?!\d)/g

/** A book that goes on into the next year counts as its own; one that names two years has both. */
export const YEAR_OF_BOOK: RuleOf<'year-of-book'> = {
  find: ({ date, book }, { record }) => {
    const years = plainValue(record, book)?.match(YEAR)?.map(Number)
    const bounds = boundsOf(dateIn(record, date))
    if (years === undefined || bounds === undefined) return undefined
    const { year } = bounds.first
    const inside = Math.min(...years) <= year && year <= Math.max(...years) + 1
    return inside ? undefined : { fields: [date, book] }
  },
}
