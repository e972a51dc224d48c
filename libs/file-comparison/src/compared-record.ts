import type { Outcome } from '@songnhap/comparators'
import type { FieldDefinition } from '@songnhap/contracts'

/** One field of a record, as two people read it. */
export interface Verdict {
  readonly field: FieldDefinition
  readonly first: string
  readonly second: string
  readonly outcome: Outcome
  /** What is settled without a person; null: a person decides. */
  readonly settled: string | null
}

/** A record as two people read it, or one where only one of them has it. */
export interface ComparedRecord {
  /** Its key, its item, or its number. */
  readonly name: string
  /** Where it stands in the first file and in the second, or who read it; null: not there. */
  readonly from: readonly [first: string | null, second: string | null]
  readonly verdicts: readonly Verdict[]
  /** Of a record that only one has: what it says, for whoever decides. */
  readonly alone?: readonly string[]
}

/** Takes what was compared, record by record. */
export interface RecordSink {
  /** Once, before the first record: the fields that are compared. */
  readonly begin: (fields: readonly FieldDefinition[]) => void
  readonly take: (record: ComparedRecord) => void
}
