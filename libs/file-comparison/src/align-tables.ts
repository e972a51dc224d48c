import { alignRows, pairRecords, type RowPair, standardForm } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { findCommonRows, type Stretch, stretchesBetween } from './find-common-rows.ts'
import type { RecordSource } from './record-source.ts'

/** Rows of both sides that are aligned at once: the time it takes grows with their product. */
const CELLS_MAX = 2500
const BLOCK_ROWS = 50
/** One field is a common row's only sign where it says enough: a name, a number; not a sex. */
const SIGN_CHARS_MIN = 3

export interface AlignedTables {
  readonly pairs: readonly RowPair[]
  /** Rows paired by their place, because nothing in them says which belong together. */
  readonly byPlace: number
}

/**
 * Which row of one table is which of the other, of any size: rows that both have once hold the tables
 * together (first those with the same values, then with the same content, then those that share what
 * only they have in one field), and the few between two of them are aligned as records of a page are.
 */
export function alignTables(
  form: FormDefinition,
  first: RecordSource,
  second: RecordSource,
  onRow: (row: number) => void = () => {},
): AlignedTables {
  const pairs: RowPair[] = []
  let byPlace = 0
  const align = (stretch: Stretch, level: number): void => {
    if (isSmall(stretch)) {
      pairs.push(...alignBlock(form, first, second, stretch))
      onRow(stretch.first[1])
      return
    }
    const common = findBy(level, form, first, second, stretch)
    if (common === null) {
      byPlace += stretch.first[1] - stretch.first[0]
      for (const block of blocksOf(stretch)) pairs.push(...alignBlock(form, first, second, block))
      return
    }
    for (const { stretch: between, behind } of stretchesBetween(stretch, common)) {
      align(between, common.length === 0 || !isSmall(between) ? level + 1 : level)
      if (behind !== null) pairs.push(behind)
    }
  }
  align({ first: [0, first.rows], second: [0, second.rows] }, 0)
  return { pairs, byPlace }
}

function isSmall({ first, second }: Stretch): boolean {
  const [rows, columns] = [first[1] - first[0], second[1] - second[0]]
  return rows * columns <= CELLS_MAX
}

/** Null: nothing is left by which rows could be known. */
function findBy(
  level: number,
  form: FormDefinition,
  first: RecordSource,
  second: RecordSource,
  stretch: Stretch,
) {
  if (level === 0) return findCommonRows(stretch, first.sign, second.sign)
  if (level === 1) return findCommonRows(stretch, first.signOfForms, second.signOfForms)
  const field = form.fields[level - 2]
  if (field === undefined) return null
  const signIn = (source: RecordSource) => (row: number) => signOfField(field, source, row)
  const common = findCommonRows(stretch, signIn(first), signIn(second))
  return common.filter(([a, b]) => belongTogether(form, first, second, a, b))
}

function signOfField(field: FieldDefinition, source: RecordSource, row: number): string | null {
  const sign = standardForm(field, source.valueOf(row, field))
  return sign.length < SIGN_CHARS_MIN ? null : sign
}

/** Two records that share one value and nothing else are not one. */
function belongTogether(
  form: FormDefinition,
  first: RecordSource,
  second: RecordSource,
  a: number,
  b: number,
): boolean {
  return alignRows(form, [first.record(a)], [second.record(b)]).pairs.length === 1
}

function alignBlock(
  form: FormDefinition,
  first: RecordSource,
  second: RecordSource,
  { first: [a, endA], second: [b, endB] }: Stretch,
): RowPair[] {
  const [rows, columns] = [endA - a, endB - b]
  const pairs =
    rows === 0 || columns === 0
      ? null
      : pairRecords(form, recordsOf(first, a, endA), recordsOf(second, b, endB)).pairs
  if (pairs !== null) {
    return pairs.map(([x, y]): RowPair => [x === null ? null : a + x, y === null ? null : b + y])
  }
  return Array.from(
    { length: Math.max(rows, columns) },
    (_, at): RowPair => [at < rows ? a + at : null, at < columns ? b + at : null],
  )
}

function recordsOf(source: RecordSource, start: number, end: number) {
  return Array.from({ length: end - start }, (_, at) => source.record(start + at))
}

/** A long stretch in parts of equal shares of both sides. */
function* blocksOf({ first, second }: Stretch): Generator<Stretch> {
  const [rows, columns] = [first[1] - first[0], second[1] - second[0]]
  const parts = Math.max(1, Math.ceil(Math.max(rows, columns) / BLOCK_ROWS))
  const place = (start: number, length: number, part: number) =>
    start + Math.round((length * part) / parts)
  for (let part = 0; part < parts; part += 1) {
    yield {
      first: [place(first[0], rows, part), place(first[0], rows, part + 1)],
      second: [place(second[0], columns, part), place(second[0], columns, part + 1)],
    }
  }
}
