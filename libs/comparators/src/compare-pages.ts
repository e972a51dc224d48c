import type { FieldDefinition, FormDefinition, OutcomeClass, Reading } from '@songnhap/contracts'
import type { Content } from './compare-readings.ts'
import { type CorrectedRecord, correctRecords } from './diagnoses/correct-records.ts'
import type { Diagnosis } from './diagnoses/diagnosis.ts'
import { compareMeant } from './dittos/compare-meant.ts'
import { type Contents, resolveDittos } from './dittos/resolve-dittos.ts'
import { needsArbiter, type Outcome, outcomeOf, RULE_VERSION } from './outcome.ts'
import { readingOf } from './reading-of.ts'
import type { RowPair } from './rows/align-in-order.ts'
import {
  inPairs,
  type PairingAlignment,
  pairAsDecided,
  pairRecords,
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
  const meant = [resolveDittos(form, a), resolveDittos(form, b)] as const
  const { pairs, alignment } =
    decided === undefined
      ? pairRecords(form, ...meant)
      : pairAsDecided(form, decided, a.length, b.length)
  const first = sideOf(inPairs(pairs, 0, a), inPairs(pairs, 0, meant[0]))
  const second = sideOf(inPairs(pairs, 1, b), inPairs(pairs, 1, meant[1]))
  const records = Math.max(first.length, second.length)
  const differences: Difference[] = []
  let fields = 0
  for (let index = 0; index < records; index += 1) {
    const [x, y] = [first[index] ?? null, second[index] ?? null]
    if (x !== null && y !== null) fields += compareLine(form, index + 1, x, y, differences)
    else differences.push(...missingLine(form, index + 1, x, y))
  }
  return { ruleVersion: RULE_VERSION, fields, records, differences, pairs, alignment }
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

/** A record as it was typed, and with its ditto marks resolved. */
interface Line {
  readonly typed: CorrectedRecord
  readonly meant: Contents
}

function sideOf(typed: readonly (CorrectedRecord | null)[], meant: readonly (Contents | null)[]) {
  return typed.map((record, place): Line | null => {
    const resolved = meant[place]
    return record === null || resolved == null ? null : { typed: record, meant: resolved }
  })
}

/** Adds what is not the same as written; answers how many pairs of fields there were. */
function compareLine(
  form: FormDefinition,
  record: number,
  a: Line,
  b: Line,
  differences: Difference[],
): number {
  let pairs = 0
  for (const field of form.fields) {
    const readings = [readingOf(field, a.typed), readingOf(field, b.typed)] as const
    if (isSame(readings) && !needsArbiter(field, BLANK)) {
      pairs += 1
      continue
    }
    const found = compareOptional(field, readings, a, b)
    if (found === null) continue
    pairs += 1
    if (SAME_AS_WRITTEN.has(found.outcome.class) && !needsArbiter(field, found.outcome)) continue
    const { outcome, ...more } = found
    const present = [true, true] as const
    differences.push({ record, field: field.name, outcome, readings, present, ...more })
  }
  return pairs
}

/** What is the same as written is so whatever the form says, unless it wants all blanks to be seen. */
const BLANK = { class: 'both-blank' } as const

function isSame([x, y]: Difference['readings']): boolean {
  return x !== null && y !== null && x.value === y.value && x.mark === y.mark
}

/** Null: one person keys the field, and did. */
function compareOptional(
  field: FieldDefinition,
  [x, y]: Difference['readings'],
  a: Line,
  b: Line,
): Pick<Difference, 'outcome' | 'meant'> | null {
  if (x !== null && y !== null) {
    return compareMeant(field, [x, y], [a.meant[field.name] ?? x, b.meant[field.name] ?? y])
  }
  const moved = [a, b].some(({ typed }) => typed[field.name] === null)
  if (moved) return { outcome: CELL_MISSING }
  if (x === null && y === null) throw new Error(`neither record has a reading of ${field.name}`)
  return null
}

function missingLine(
  form: FormDefinition,
  record: number,
  a: Line | null,
  b: Line | null,
): Difference[] {
  const present = [a !== null, b !== null] as const
  const outcome = ROW_MISSING
  const fields = form.fields.map((field): Difference => {
    const readings = [a && readingOf(field, a.typed), b && readingOf(field, b.typed)] as const
    return { record, field: field.name, outcome, readings, present }
  })
  return [{ record, field: null, outcome, readings: [null, null], present }, ...fields]
}

/** Whether an arbiter is asked about a difference: by what the form accepts in its field. */
export function isQuestion(
  form: FormDefinition,
  { field: name, outcome }: Pick<Difference, 'field' | 'outcome'>,
): boolean {
  const field = name === null ? null : (form.fields.find((one) => one.name === name) ?? null)
  return needsArbiter(field, outcome)
}
