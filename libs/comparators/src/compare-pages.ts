import type {
  FieldDefinition,
  FormDefinition,
  OutcomeClass,
  Reading,
  TypedRecord,
  TypedRecords,
} from '@songnhap/contracts'
import { compareReadings } from './compare-readings.ts'
import { type Outcome, outcomeOf, RULE_VERSION } from './outcome.ts'
import { inPairs, pairRecords, type RecordPairs } from './rows/pair-records.ts'

/** Not listed: nothing differs, and most fields are such. */
const SAME_AS_WRITTEN: ReadonlySet<OutcomeClass> = new Set(['identical', 'both-blank'])

export interface PageComparison {
  readonly ruleVersion: string
  /** Pairs of fields that were compared: those of records that both readers have. */
  readonly fields: number
  /** Records that either reader found. */
  readonly records: number
  readonly differences: readonly Difference[]
  readonly pairs: RecordPairs
}

/** A field that is not the same as written, or (field null) a record that only one reader has. */
export interface Difference {
  /** Place among all records that either reader found, from 1. */
  readonly record: number
  readonly field: string | null
  readonly outcome: Outcome
  /** The first reader's and the second's; null where there is none. */
  readonly readings: readonly [Reading | null, Reading | null]
  readonly present: readonly [boolean, boolean]
}

const ROW_MISSING = outcomeOf('row-missing', 'row-missing', 1)

/** Compares the records of two entries, which must both fit the form (`checkRecords`). */
export function comparePages(
  form: FormDefinition,
  a: TypedRecords,
  b: TypedRecords,
): PageComparison {
  const pairs = pairRecords(form, a, b)
  const [first, second] = [inPairs(pairs, 0, a), inPairs(pairs, 1, b)]
  const records = Math.max(first.length, second.length)
  const differences: Difference[] = []
  let paired = 0
  for (let index = 0; index < records; index += 1) {
    const [x, y] = [first[index] ?? undefined, second[index] ?? undefined]
    if (x !== undefined && y !== undefined) paired += 1
    differences.push(...compareRecords(form, index + 1, x, y))
  }
  const fields = paired * form.fields.length
  return { ruleVersion: RULE_VERSION, fields, records, differences, pairs }
}

function compareRecords(
  form: FormDefinition,
  record: number,
  a: TypedRecord | undefined,
  b: TypedRecord | undefined,
): Difference[] {
  const present = [a !== undefined, b !== undefined] as const
  const fields = form.fields.map((field): Difference => {
    const readings = [readingOf(field, a), readingOf(field, b)] as const
    const outcome = compareOptional(field, ...readings)
    return { record, field: field.name, outcome, readings, present }
  })
  if (a !== undefined && b !== undefined) {
    return fields.filter(({ outcome }) => !SAME_AS_WRITTEN.has(outcome.class))
  }
  return [{ record, field: null, outcome: ROW_MISSING, readings: [null, null], present }, ...fields]
}

function readingOf(field: FieldDefinition, record: TypedRecord | undefined): Reading | null {
  if (record === undefined) return null
  // Own properties only: a field may be called `constructor`.
  const reading = Object.hasOwn(record, field.name) ? record[field.name] : undefined
  if (reading === undefined) throw new Error(`a record has no reading of ${field.name}`)
  return reading
}

function compareOptional(field: FieldDefinition, a: Reading | null, b: Reading | null): Outcome {
  return a === null || b === null ? ROW_MISSING : compareReadings(field, a, b)
}
