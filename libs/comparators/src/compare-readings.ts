import type { FieldDefinition, FieldKind, Mark } from '@songnhap/contracts'
import { compareText } from './compare-text.ts'
import type { Outcome } from './outcome.ts'

/** What stands in a field, whoever says so: a reading, or a settled value. */
export interface Content {
  readonly value: string
  readonly mark?: Mark | undefined
}

export type Comparator = (a: string, b: string) => Outcome

/** Total, so that a new field kind does not compile until it is decided how it compares. */
const COMPARATORS: Record<FieldKind, Comparator> = {
  text: compareText,
  name: compareText,
  number: compareText,
  date: compareText,
  choice: compareText,
}

const MARK_DIFFERS: Outcome = {
  class: 'different',
  rule: 'mark-differs',
  reason: 'The readers marked the field differently',
}

/** Marks first: “struck out” beside a value is another reading than the value alone. */
export function compareReadings(field: FieldDefinition, a: Content, b: Content): Outcome {
  return a.mark === b.mark ? COMPARATORS[field.kind](a.value, b.value) : MARK_DIFFERS
}

/** Whether a reading was an error, measured against what was settled. Formatting is none. */
export function isWrong(field: FieldDefinition, reading: Content, settled: Content): boolean {
  return compareReadings(field, reading, settled).class === 'different'
}
