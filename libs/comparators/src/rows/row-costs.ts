import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { markOf } from '../compare-readings.ts'
import type { Contents } from '../dittos/resolve-dittos.ts'
import { readingOf } from '../reading-of.ts'
import { RULES_OF_KIND } from '../rules-of-kind.ts'
import { standardForm } from '../standard-form.ts'

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
  readonly at: (row: number, column: number) => number
  /**
   * The number under which a record is registered, where the form has it and it was read: equal
   * where these are equal.
   */
  readonly numbers: () => readonly [readonly (number | null)[], readonly (number | null)[]]
}

/** How unlike each record of one entry is to each of the other: the weighted mean over their fields. */
export function rowCosts(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
): RowCosts {
  const columns = form.fields.map((field) => columnOf(field, a, b))
  const sum = columns.reduce((total, { weight }) => total + weight, 0)
  const telling = columns.filter(({ weight }) => weight > 0)
  const known = new Float64Array(a.length * b.length).fill(UNKNOWN)
  const at = (row: number, column: number) => {
    const place = row * b.length + column
    const cost = known[place] ?? UNKNOWN
    if (cost !== UNKNOWN) return cost
    let found = 0
    for (const one of telling) found += one.weight * apart(one, row, column)
    if (sum > 0) found /= sum
    known[place] = found
    return found
  }
  const numbers = () => {
    const number = columns.find(({ field }) => field.kind === 'registration-number')
    const read = (reading: Prepared) =>
      number === undefined || reading.mark !== undefined ? null : formOf(number, reading)
    return [number?.first.map(read) ?? [], number?.second.map(read) ?? []] as const
  }
  return { at, numbers }
}

const UNKNOWN = -1

/** One field of both entries. Its standard forms are numbered, so that no two are compared twice. */
interface Column {
  readonly field: FieldDefinition
  readonly first: readonly Prepared[]
  readonly second: readonly Prepared[]
  readonly weight: number
  readonly numbers: Map<string, number>
  readonly forms: string[]
  /** Between forms, by their numbers; made when the first is asked for. */
  distances: Float64Array | null
}

function columnOf(field: FieldDefinition, a: readonly Contents[], b: readonly Contents[]): Column {
  const [first, second] = [prepare(field, a), prepare(field, b)]
  // What nobody filled in on the whole page says nothing about which record is which, and neither
  // does what one of the two did not key.
  const weight = tellsRecordsApart([first, second]) ? RULES_OF_KIND[field.kind].weight : 0
  return { field, first, second, weight, numbers: new Map(), forms: [], distances: null }
}

function prepare(field: FieldDefinition, records: readonly Contents[]): Prepared[] {
  return records.map((record) => {
    const reading = readingOf(field, record)
    return reading === null ? NOT_READ : { mark: markOf(reading), value: reading.value }
  })
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
  const [a, b] = [column.first[row], column.second[other]]
  if (a === undefined || b === undefined) return 0
  if (a.mark !== b.mark) return saysNothing(a) || saysNothing(b) ? UNREAD : 1
  if (a.value === b.value) return 0
  const [x, y] = [formOf(column, a), formOf(column, b)]
  if (x === y) return 0
  const { field, forms, first, second } = column
  const formsMax = first.length + second.length
  column.distances ??= new Float64Array(formsMax * formsMax).fill(UNKNOWN)
  const place = x * formsMax + y
  const known = column.distances[place] ?? UNKNOWN
  if (known !== UNKNOWN) return known
  const distance = RULES_OF_KIND[field.kind].distance(forms[x] ?? '', forms[y] ?? '')
  column.distances[place] = distance
  return distance
}

function tellsRecordsApart(readings: readonly (readonly Prepared[])[] = []): boolean {
  if (readings.some((side) => side.length > 0 && side.every((one) => one === NOT_READ)))
    return false
  return readings.some((side) => side.some(({ mark }) => mark !== 'blank'))
}

/** Blank is an answer; what could not be read may be whatever the other reader read. */
function saysNothing({ mark }: Prepared): boolean {
  return mark !== undefined && mark !== 'blank'
}
