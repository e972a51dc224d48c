import type { FieldDefinition } from '@songnhap/contracts'
import { type Content, markOf } from '../compare-readings.ts'
import { isSameReading } from '../is-same-reading.ts'
import type { PageReadings, ReadingColumn } from '../reading-columns.ts'
import { RULES_OF_KIND } from '../rules-of-kind.ts'
import { standardForm } from '../standard-form.ts'
import type { CostAt } from './align-in-order.ts'

/** Neither for nor against that two records are one. */
const UNREAD = 0.5

/** One reading, brought into the form in which it is compared with every row of the other entry. */
interface Prepared {
  readonly mark: string | undefined
  readonly value: string
  /** The number of its standard form, once somebody has asked: most pairs of rows are alike as typed. */
  form?: number
}

/** Only one reader keys the field, or its reading was moved away: no mark that a reader can give. */
const NOT_READ: Prepared = { mark: 'not-read', value: '' }

export interface RowCosts {
  /** From 0, the same content, to 1. Rows of the first entry, columns of the second, from 0. */
  readonly at: CostAt
  /**
   * The number under which a record is registered, where the form has it and it was read: equal
   * where these are equal.
   */
  readonly numbers: () => readonly [readonly (number | null)[], readonly (number | null)[]]
}

/** How unlike each record of one entry is to each of the other: the weighted mean over their fields. */
export function rowCosts({ rows, columns, fields }: PageReadings): RowCosts {
  const all = fields.map(columnOf)
  const sum = all.reduce((total, { weight }) => total + weight, 0)
  // What says most comes first: of most pairs of records it is enough to know that they are two.
  const telling = all.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  /** By pair: the weighted sum over so many of the fields as were looked at so far. */
  const sums = new Float64Array(rows * columns)
  const looked = new Uint16Array(rows * columns)
  const at: CostAt = (row, column, most = Number.POSITIVE_INFINITY) => {
    const place = row * columns + column
    let [found, next] = [sums[place] ?? 0, looked[place] ?? 0]
    for (; next < telling.length && found <= most * sum; next += 1) {
      const one = telling[next]
      if (one !== undefined) found += one.weight * apart(one, row, column)
    }
    sums[place] = found
    looked[place] = next
    if (next < telling.length) return Number.POSITIVE_INFINITY
    return sum === 0 ? 0 : found / sum
  }
  const numbers = () => {
    const number = all.find(({ field }) => field.kind === 'registration-number')
    const read = (side: 'first' | 'second', row: number) => {
      if (number === undefined) return null
      const reading = prepared(number, side, row)
      return reading.mark === undefined ? formOf(number, reading) : null
    }
    const allOf = (side: 'first' | 'second', count: number) =>
      Array.from({ length: count }, (_, row) => read(side, row))
    return [allOf('first', rows), allOf('second', columns)] as const
  }
  return { at, numbers }
}

/** One field of both entries. Its standard forms are numbered, so that no two are compared twice. */
interface Column {
  readonly field: FieldDefinition
  readonly typed: ReadingColumn
  /** Made when first asked for: most cells are the same as typed, and need no preparing. */
  readonly first: (Prepared | undefined)[]
  readonly second: (Prepared | undefined)[]
  readonly weight: number
  readonly numbers: Map<string, number>
  readonly forms: string[]
  /** Between forms, by their numbers, as far as they were asked for. */
  readonly distances: number[][]
}

function columnOf(typed: ReadingColumn): Column {
  const { field } = typed
  // What nobody filled in on the whole page says nothing about which record is which, and neither
  // does what one of the two did not key.
  const weight = tellsRecordsApart(typed) ? RULES_OF_KIND[field.kind].weight : 0
  return {
    field,
    typed,
    first: [],
    second: [],
    weight,
    numbers: new Map(),
    forms: [],
    distances: [],
  }
}

function prepared(column: Column, side: 'first' | 'second', row: number): Prepared {
  const known = column[side][row]
  if (known !== undefined) return known
  const reading = column.typed[side][row] ?? null
  const made: Prepared =
    reading === null ? NOT_READ : { mark: markOf(reading), value: reading.value }
  column[side][row] = made
  return made
}

function formOf({ field, numbers, forms }: Column, prepared: Prepared): number {
  if (prepared.form !== undefined) return prepared.form
  const form = standardForm(field, prepared.value)
  let number = numbers.get(form)
  if (number === undefined) {
    number = forms.length
    forms.push(form)
    numbers.set(form, number)
  }
  prepared.form = number
  return number
}

function apart(column: Column, row: number, other: number): number {
  const [known, knownOther] = [column.first[row], column.second[other]]
  // Both forms are known once two readings differed from others: of most pairs on a page that differs.
  if (
    known?.form !== undefined &&
    knownOther?.form !== undefined &&
    known.mark === knownOther.mark
  ) {
    return distanceOfForms(column, known.form, knownOther.form)
  }
  const { first, second } = column.typed
  if (isSameReading(first[row] ?? null, second[other] ?? null)) return 0
  const [a, b] = [prepared(column, 'first', row), prepared(column, 'second', other)]
  if (a.mark !== b.mark) return saysNothing(a) || saysNothing(b) ? UNREAD : 1
  if (a.value === b.value) return 0
  return distanceOfForms(column, formOf(column, a), formOf(column, b))
}

function distanceOfForms(column: Column, x: number, y: number): number {
  if (x === y) return 0
  const { field, forms, distances } = column
  distances[x] ??= []
  distances[x][y] ??= RULES_OF_KIND[field.kind].distance(forms[x] ?? '', forms[y] ?? '')
  return distances[x][y]
}

function tellsRecordsApart({ first, second }: ReadingColumn): boolean {
  const sides = [first, second]
  const keyed = sides.every((side) => side.length === 0 || side.some((reading) => reading !== null))
  return keyed && sides.some((side) => side.some(hasContent))
}

function hasContent(reading: Content | null): boolean {
  return reading !== null && markOf(reading) !== 'blank'
}

/** Blank is an answer; what could not be read may be whatever the other reader read. */
function saysNothing({ mark }: Prepared): boolean {
  return mark !== undefined && mark !== 'blank'
}
