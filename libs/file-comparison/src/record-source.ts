import { hash } from 'node:crypto'
import { standardForm } from '@songnhap/comparators'
import type { FieldDefinition, TypedRecord } from '@songnhap/contracts'
import type { Table } from '@songnhap/tables'
import type { MatchedField } from './match-columns.ts'

const SIGN_CHARS = 16

/** The rows of one table as records of the form. */
export interface RecordSource {
  readonly name: string
  readonly rows: number
  readonly record: (row: number) => TypedRecord
  readonly valueOf: (row: number, field: FieldDefinition) => string
  /** The row's line in its file, counted from 1. */
  readonly lineOf: (row: number) => number
  /** A short sign that rows with the same values have, and hardly ever others. */
  readonly sign: (row: number) => string
  /** The same for rows with the same content, in whatever form. */
  readonly signOfForms: (row: number) => string
  readonly cell: (row: number, column: number) => string
}

export function recordSource(
  table: Table,
  fields: readonly MatchedField[],
  side: number,
): RecordSource {
  const columnOf = new Map(fields.map(({ field, columns }) => [field.name, columns[side] ?? -1]))
  const values = (row: number) => {
    const { cells } = table.at(row)
    return fields.map(({ columns }) => cells[columns[side] ?? -1] ?? '')
  }
  return {
    name: table.name,
    rows: table.rows,
    record: (row) => {
      const read = values(row)
      return Object.fromEntries(
        fields.map(({ field }, at) => [field.name, { value: read[at] ?? '', origin: 'typed' }]),
      )
    },
    valueOf: (row, { name }) => table.at(row).cells[columnOf.get(name) ?? -1] ?? '',
    lineOf: (row) => table.at(row).line,
    sign: (row) => signOf(values(row)),
    signOfForms: (row) => {
      const read = values(row)
      return signOf(fields.map(({ field }, at) => standardForm(field, read[at] ?? '')))
    },
    cell: (row, column) => table.at(row).cells[column] ?? '',
  }
}

/** Rows of a large table are told apart without keeping their values. */
function signOf(values: readonly string[]): string {
  return hash('sha1', values.join('\0'), 'base64').slice(0, SIGN_CHARS)
}
