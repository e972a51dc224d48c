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
  /** Its standard form, once somebody has asked for it: most pairs of rows are alike as typed. */
  form?: string
}

/** Only one reader keys the field, or its reading was moved away: no mark that a reader can give. */
const NOT_READ: Prepared = { mark: 'not-read', value: '' }

export interface RowCosts {
  /** From 0, the same content, to 1. Rows of the first entry, columns of the second, from 0. */
  readonly at: (row: number, column: number) => number
  /** The number under which a record is registered, where the form has it and it was read. */
  readonly numbers: () => readonly [readonly (string | null)[], readonly (string | null)[]]
}

/** How unlike each record of one entry is to each of the other: the weighted mean over their fields. */
export function rowCosts(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
): RowCosts {
  const prepared = form.fields.map((field) => [prepare(field, a), prepare(field, b)] as const)
  // What nobody filled in on the whole page says nothing about which record is which, and neither
  // does what one of the two did not key.
  const weights = form.fields.map(({ kind }, index) =>
    tellsRecordsApart(prepared[index]) ? RULES_OF_KIND[kind].weight : 0,
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const known = new Map<number, number>()
  const at = (row: number, column: number) => {
    const key = row * b.length + column
    const cost = known.get(key) ?? costOf(row, column)
    known.set(key, cost)
    return cost
  }
  const costOf = (row: number, column: number) => {
    let cost = 0
    for (const [index, field] of form.fields.entries()) {
      const [x, y] = [prepared[index]?.[0][row], prepared[index]?.[1][column]]
      const weight = weights[index] ?? 0
      if (x !== undefined && y !== undefined && weight > 0) cost += weight * apart(field, x, y)
    }
    return sum === 0 ? 0 : cost / sum
  }
  const numbers = () => {
    const number = form.fields.findIndex(({ kind }) => kind === 'registration-number')
    const field = form.fields[number]
    const [first = [], second = []] = prepared[number] ?? []
    const read = (reading: Prepared) =>
      field === undefined || reading.mark !== undefined ? null : formOf(field, reading)
    return [first.map(read), second.map(read)] as const
  }
  return { at, numbers }
}

function prepare(field: FieldDefinition, records: readonly Contents[]): Prepared[] {
  return records.map((record) => {
    const reading = readingOf(field, record)
    return reading === null ? NOT_READ : { mark: markOf(reading), value: reading.value }
  })
}

function formOf(field: FieldDefinition, prepared: Prepared): string {
  prepared.form ??= standardForm(field, prepared.value)
  return prepared.form
}

function apart(field: FieldDefinition, a: Prepared, b: Prepared): number {
  if (a.value === b.value && a.mark === b.mark) return 0
  if (a.mark !== b.mark) return saysNothing(a) || saysNothing(b) ? UNREAD : 1
  const [x, y] = [formOf(field, a), formOf(field, b)]
  return x === y ? 0 : RULES_OF_KIND[field.kind].distance(x, y)
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
