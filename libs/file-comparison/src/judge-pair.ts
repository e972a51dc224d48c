import { type Content, compareMeant, needsArbiter, settledForm } from '@songnhap/comparators'
import type { FieldDefinition } from '@songnhap/contracts'
import type { Verdict } from './compared-record.ts'

type Two = readonly [Content, Content]

/** How two readings of a field compare, and what is settled where no person is needed. */
export function judgePair(field: FieldDefinition, typed: Two, stoodFor: Two = typed): Verdict {
  const [first, second] = typed
  const { outcome, meant } = compareMeant(field, typed, stoodFor)
  const settled = needsArbiter(field, outcome)
    ? null
    : settledForm(field, ...(meant ?? typed), outcome).value
  return { field, first: first.value, second: second.value, outcome, settled }
}
