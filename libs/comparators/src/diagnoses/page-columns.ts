import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { type Content, markOf } from '../compare-readings.ts'
import type { Contents } from '../dittos/resolve-dittos.ts'
import { isSameReading } from '../is-same-reading.ts'
import { readingOf } from '../reading-of.ts'
import type { RecordPairs } from '../rows/pair-records.ts'
import { RULES_OF_KIND } from '../rules-of-kind.ts'
import { standardForm } from '../standard-form.ts'
import { lowerCase } from '../text/change-case.ts'
import { normaliseText } from '../text/normalise-text.ts'

/** One cell of a column, ready to be held against any other. */
export interface Cell {
  /** Null: empty, or not to be read. */
  readonly form: string | null
  /** The same without regard to the kind of its field, for comparing with another column. */
  readonly plain: string | null
  readonly blank: boolean
}

export interface Column {
  readonly field: FieldDefinition
  /** By line: one record of the page, as far as both entries have it. */
  readonly first: readonly Cell[]
  readonly second: readonly Cell[]
}

export interface PageColumns {
  readonly columns: readonly Column[]
  /** The line's record in the first entry and in the second, from 1. */
  readonly places: readonly (readonly [number, number])[]
}

const NOTHING: Cell = { form: null, plain: null, blank: false }
const BLANK: Cell = { form: null, plain: null, blank: true }

/** The records that both entries have, as they are paired, by columns. */
export function pageColumns(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
  pairs: RecordPairs,
): PageColumns {
  const count = Math.min(a.length, b.length)
  const byPlace = Array.from({ length: count }, (_, place) => [place, place] as const)
  const lines = (pairs ?? byPlace).flatMap(([x, y]) =>
    x === null || y === null ? [] : [[x, y] as const],
  )
  const columns = form.fields.map((field) => {
    const cells = lines.map(([x, y]) =>
      cellsOf(field, readingIn(field, a[x]), readingIn(field, b[y])),
    )
    return { field, first: cells.map(([cell]) => cell), second: cells.map(([, cell]) => cell) }
  })
  return { columns, places: lines.map(([x, y]) => [x + 1, y + 1] as const) }
}

function readingIn(field: FieldDefinition, record: Contents | undefined): Content | null {
  return record === undefined ? null : readingOf(field, record)
}

/** Most are the same as written, and need not be made ready twice. */
function cellsOf(field: FieldDefinition, x: Content | null, y: Content | null): [Cell, Cell] {
  const first = cellOf(field, x)
  return [first, isSameReading(x, y) ? first : cellOf(field, y)]
}

function cellOf(field: FieldDefinition, reading: Content | null): Cell {
  if (reading === null) return NOTHING
  const mark = markOf(reading)
  if (mark === 'blank') return BLANK
  if (mark !== undefined && mark !== 'partly-legible') return NOTHING
  const { value } = reading
  return {
    form: standardForm(field, value),
    plain: lowerCase(normaliseText(value)),
    blank: false,
  }
}

const DIGIT = /\p{Nd}/u
/** Up to this share of letters apart, words are one word with a slip in it. */
const SLIP_MAX = 0.2

/** Whether two cells of one field say the same, but for a slip in a word. Numbers must be equal. */
export function isSame(field: FieldDefinition, { form: a }: Cell, { form: b }: Cell): boolean {
  if (a === null || b === null) return false
  if (a === b) return true
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a]
  // Three code units make a letter at most where text is in NFC and Latin; a bound, not the measure.
  if (longer.length - shorter.length > SLIP_MAX * longer.length + 2) return false
  if (DIGIT.test(a) || DIGIT.test(b)) return false
  return RULES_OF_KIND[field.kind].distance(a, b) <= SLIP_MAX
}

/** Cells of two fields say the same only when they are written alike. */
export function isSamePlain({ plain: a }: Cell, { plain: b }: Cell): boolean {
  return a !== null && a === b
}
