import type { FieldDefinition, Mark, OutcomeClass } from '@songnhap/contracts'
import { needsArbiter, type Outcome, outcomeOf } from './outcome.ts'
import { RULES_OF_KIND } from './rules-of-kind.ts'
import { beginsWithLetter } from './text/latin-units.ts'
import { normaliseText } from './text/normalise-text.ts'

/** What stands in a field, whoever says so: a reading, or a settled value. */
export interface Content {
  readonly value: string
  readonly mark?: Mark | undefined
}

/** Classes of readings that say the same. */
export const SAME_CONTENT: ReadonlySet<OutcomeClass> = new Set([
  'identical',
  'equivalent',
  'both-blank',
])

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
const IDENTICAL = outcomeOf('identical', 'identical', 0)
const SAME_MARK = outcomeOf('identical', 'same-mark', 0)
const BOTH_BLANK = outcomeOf('both-blank', 'both-blank', 0)
const VALUE_AGAINST_MARK = outcomeOf('value-against-mark', 'value-against-mark', 1)
const MARKS_DIFFER = outcomeOf('mark-against-mark', 'marks-differ', 1)

/** Marks first: “struck out” beside a value is another reading than the value alone. */
export function compareReadings(field: FieldDefinition, a: Content, b: Content): Outcome {
  if (a.value === b.value && a.mark === b.mark) return outcomeOfSame(a)
  const [markA, markB] = [markOf(a), markOf(b)]
  if (markA === 'blank' && markB === 'blank' && isEmpty(a) && isEmpty(b)) return BOTH_BLANK
  if (markA === markB) return compareValues(field, a.value, b.value)
  return markA === undefined || markB === undefined ? VALUE_AGAINST_MARK : MARKS_DIFFER
}

/** How a reading compares with itself: what is settled where nothing was listed. */
export function outcomeOfSame(content: Content): Outcome {
  const mark = markOf(content)
  if (mark === 'blank') return BOTH_BLANK
  return mark !== undefined && content.value === '' ? SAME_MARK : IDENTICAL
}

/** A field in which nothing can be seen is blank, whether its reader says so or not. */
export function markOf(content: Content): Mark | undefined {
  return content.mark ?? (isEmpty(content) ? 'blank' : undefined)
}

function isEmpty({ value }: Content): boolean {
  // Asked of every reading, and nearly always answered by its first letter.
  if (beginsWithLetter(value)) return false
  return !LETTER_OR_DIGIT.test(value) && normaliseText(value) === ''
}

function compareValues(field: FieldDefinition, a: string, b: string): Outcome {
  if (a === b) return IDENTICAL
  const { foldings, likenesses, distance, detail } = RULES_OF_KIND[field.kind]
  let [left, right] = [a, b]
  for (const { rule, fold } of foldings) {
    left = fold(left, field)
    right = fold(right, field)
    if (left === right) return outcomeOf('equivalent', rule, 0)
  }
  const likeness = likenesses.find(({ holds }) => holds(left, right))
  return outcomeOf(
    likeness === undefined ? 'different' : 'variant',
    likeness?.rule ?? 'value-differs',
    distance(left, right),
    detail?.(left, right),
  )
}

/**
 * Whether a reading was an error, measured against what was settled. Another form of the same content
 * is none, even where an arbiter chooses the form; neither is a variant that the form accepts.
 */
export function isWrong(field: FieldDefinition, reading: Content, settled: Content): boolean {
  const outcome = compareReadings(field, reading, settled)
  return !SAME_CONTENT.has(outcome.class) && needsArbiter(field, outcome)
}
