import { hash } from 'node:crypto'
import { standardForm } from '@songnhap/comparators'
import type { FieldDefinition, TypedRecord } from '@songnhap/contracts'
import type { FileRow, Table } from '@songnhap/tables'
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
  // A row is asked for its line, its values and more, one after the other, and read anew each time.
  let last: { readonly row: number; readonly read: FileRow } | null = null
  const at = (row: number): FileRow => {
    if (last?.row !== row) last = { row, read: table.at(row) }
    return last.read
  }
  const values = (row: number) => {
    const { cells } = at(row)
    return fields.map(({ columns }) => cells[columns[side] ?? -1] ?? '')
  }
  return {
    name: table.name,
    rows: table.rows,
    record: (row) => {
      const { cells } = at(row)
      return Object.fromEntries(
        fields.map(({ field: { name }, columns }) => {
          return [name, { value: cells[columns[side] ?? -1] ?? '', origin: 'typed' }]
        }),
      )
    },
    valueOf: (row, { name }) => at(row).cells[columnOf.get(name) ?? -1] ?? '',
    lineOf: (row) => at(row).line,
    sign: (row) => signOf(values(row)),
    signOfForms: (row) => {
      const read = values(row)
      return signOf(fields.map(({ field }, at) => standardForm(field, read[at] ?? '')))
    },
    cell: (row, column) => at(row).cells[column] ?? '',
  }
}

/** Rows of a large table are told apart without keeping their values. */
function signOf(values: readonly string[]): string {
  return hash('sha1', values.join('\0'), 'base64').slice(0, SIGN_CHARS)
}
