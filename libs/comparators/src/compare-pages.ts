import type { FieldDefinition, FormDefinition, OutcomeClass, Reading } from '@songnhap/contracts'
import type { Content } from './compare-readings.ts'
import { type CorrectedRecord, correctRecords } from './diagnoses/correct-records.ts'
import type { Diagnosis } from './diagnoses/diagnosis.ts'
import { compareMeant } from './dittos/compare-meant.ts'
import { resolveDittos } from './dittos/resolve-dittos.ts'
import { isSameReading } from './is-same-reading.ts'
import { needsArbiter, type Outcome, outcomeOf, RULE_VERSION } from './outcome.ts'
import { type PageReadings, type ReadingColumn, readingColumns } from './reading-columns.ts'
import type { RowPair } from './rows/align-in-order.ts'
import {
  type PairingAlignment,
  pairAsDecided,
  pairReadings,
  type RecordPairs,
} from './rows/pair-records.ts'

/** Not listed, unless a form wants a person to see it: nothing differs, and most fields are such. */
const SAME_AS_WRITTEN: ReadonlySet<OutcomeClass> = new Set(['identical', 'both-blank'])

export interface PageComparison {
  readonly ruleVersion: string
  /** Pairs of fields that were compared: those of records that both readers have. */
  readonly fields: number
  /** Records that either reader found. */
  readonly records: number
  readonly differences: readonly Difference[]
  readonly pairs: RecordPairs
  readonly alignment: PairingAlignment
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
  /** What the readings stand for, where one of them is a ditto mark that refers to something. */
  readonly meant?: readonly [Content, Content]
}

/** What people have decided about a page so far. */
export interface PageDecisions {
  /** Slips that were accepted, and whose entry (0: the first) is put right; one after the other. */
  readonly corrections?: readonly { readonly diagnosis: Diagnosis; readonly side: 0 | 1 }[]
  /** How a person paired the records, as they are after the corrections; absent: as they align. */
  readonly pairs?: readonly RowPair[]
}

/** What a field is that one person keyed alone, because the form says so. */
export const SINGLE_ENTRY = outcomeOf('identical', 'single-entry', 0)

const ROW_MISSING = outcomeOf('row-missing', 'row-missing', 1)
const CELL_MISSING = outcomeOf('row-missing', 'cell-missing', 1)

/**
 * Compares the records of two entries, which must both fit the form (`checkRecords`); after
 * corrections a reading may lack.
 */
export function comparePages(
  form: FormDefinition,
  typedFirst: readonly CorrectedRecord[],
  typedSecond: readonly CorrectedRecord[],
  { corrections = [], pairs: decided }: PageDecisions = {},
): PageComparison {
  const a = putRight(form, typedFirst, corrections, 0)
  const b = putRight(form, typedSecond, corrections, 1)
  const typed = readingColumns(form, a, b)
  const meant = meantBy(form, a, b, typed)
  const { pairs, alignment } =
    decided === undefined
      ? pairReadings(form, meant)
      : pairAsDecided(form, decided, a.length, b.length)
  const records = pairs?.length ?? Math.max(a.length, b.length)
  const byField = fieldsOf(typed, meant)
  const differences: Difference[] = []
  let fields = 0
  for (let index = 0; index < records; index += 1) {
    const [x, y] = pairs?.[index] ?? byPlace(index, a.length, b.length)
    if (x === null || y === null) differences.push(...missingRecord(byField, index + 1, [x, y]))
    else {
      const wasMoved = ({ name }: FieldDefinition) => a[x]?.[name] === null || b[y]?.[name] === null
      fields += compareRecord(byField, index + 1, [x, y], wasMoved, differences)
    }
  }
  return { ruleVersion: RULE_VERSION, fields, records, differences, pairs, alignment }
}

function byPlace(place: number, rows: number, columns: number): RowPair {
  return [place < rows ? place : null, place < columns ? place : null]
}

function putRight(
  form: FormDefinition,
  records: readonly CorrectedRecord[],
  corrections: NonNullable<PageDecisions['corrections']>,
  side: 0 | 1,
): readonly CorrectedRecord[] {
  return corrections
    .filter((correction) => correction.side === side)
    .reduce((corrected, { diagnosis }) => correctRecords(form, corrected, diagnosis, side), records)
}

/** One field of all records: as it was typed, and with its ditto marks resolved. */
interface FieldReadings {
  readonly field: FieldDefinition
  readonly typed: ReadingColumn<Reading>
  readonly meant: ReadingColumn
  /** What is the same as written is so whatever the form says, unless it wants all blanks to be seen. */
  readonly blanksAreAsked: boolean
}

const BLANK = { class: 'both-blank' } as const

function fieldsOf(typed: PageReadings<Reading>, meant: PageReadings): FieldReadings[] {
  return typed.fields.map((column, at) => ({
    field: column.field,
    typed: column,
    meant: meant.fields[at] ?? column,
    blanksAreAsked: needsArbiter(column.field, BLANK),
  }))
}

/** Most pages have no ditto marks; then what was typed is meant. */
function meantBy(
  form: FormDefinition,
  a: readonly CorrectedRecord[],
  b: readonly CorrectedRecord[],
  typed: PageReadings<Reading>,
): PageReadings {
  const [first, second] = [resolveDittos(form, a), resolveDittos(form, b)]
  const same = first.every((record, at) => record === a[at])
  return same && second.every((record, at) => record === b[at])
    ? typed
    : readingColumns(form, first, second)
}

/** Adds what is not the same as written; answers how many pairs of fields there were. */
function compareRecord(
  fields: readonly FieldReadings[],
  record: number,
  [x, y]: readonly [number, number],
  wasMoved: (field: FieldDefinition) => boolean,
  differences: Difference[],
): number {
  let pairs = 0
  for (const { field, typed, meant, blanksAreAsked } of fields) {
    const readings = [typed.first[x] ?? null, typed.second[y] ?? null] as const
    if (!blanksAreAsked && isSameReading(...readings)) {
      pairs += 1
      continue
    }
    const [first, second] = readings
    const found =
      first === null || second === null
        ? missingCell(field, readings, wasMoved)
        : compareMeant(field, [first, second], [meant.first[x] ?? first, meant.second[y] ?? second])
    if (found === null) continue
    pairs += 1
    if (SAME_AS_WRITTEN.has(found.outcome.class) && !needsArbiter(field, found.outcome)) continue
    const { outcome, ...more } = found
    const present = [true, true] as const
    differences.push({ record, field: field.name, outcome, readings, present, ...more })
  }
  return pairs
}

/** Null: one person keys the field, and did. */
function missingCell(
  field: FieldDefinition,
  [x, y]: Difference['readings'],
  wasMoved: (field: FieldDefinition) => boolean,
): Pick<Difference, 'outcome' | 'meant'> | null {
  if (wasMoved(field)) return { outcome: CELL_MISSING }
  if (x === null && y === null) throw new Error(`neither record has a reading of ${field.name}`)
  return null
}

function missingRecord(
  fields: readonly FieldReadings[],
  record: number,
  [x, y]: RowPair,
): Difference[] {
  const present = [x !== null, y !== null] as const
  const outcome = ROW_MISSING
  const cells = fields.map(({ field, typed }): Difference => {
    const readings = [
      x === null ? null : (typed.first[x] ?? null),
      y === null ? null : (typed.second[y] ?? null),
    ] as const
    return { record, field: field.name, outcome, readings, present }
  })
  return [{ record, field: null, outcome, readings: [null, null], present }, ...cells]
}

/** Whether an arbiter is asked about a difference: by what the form accepts in its field. */
export function isQuestion(
  form: FormDefinition,
  { field: name, outcome }: Pick<Difference, 'field' | 'outcome'>,
): boolean {
  const field = name === null ? null : (form.fields.find((one) => one.name === name) ?? null)
  return needsArbiter(field, outcome)
}
