import { openTable } from '@songnhap/tables'
import { UsageError } from './usage-error.ts'

/** Of units, the largest list there is, a country has some ten thousand. */
const ROWS_MAX = 500_000

/** A table with a header, as one program or another saved it. */
export interface Table {
  readonly file: string
  /** In small letters, `-` and blanks as `_`. */
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
}

export interface TableRow {
  /** In the file, from 1; the header is line 1 of most. */
  readonly line: number
  /** Trimmed and in NFC; a column that is not there is empty. */
  cell(...columns: readonly string[]): string
}

/** CSV in any usual encoding, or XLSX. What is wrong is told with line and column. */
export async function readTable(file: string): Promise<Table> {
  using table = await openTable(file)
  if (table.rows > ROWS_MAX) throw new UsageError(`${file} has more than ${ROWS_MAX} rows`)
  const columns = table.header.map((name) => name.toLowerCase().replaceAll(/[\s-]+/g, '_'))
  const rows = Array.from({ length: table.rows }, (_, row): TableRow => {
    const { line, cells } = table.at(row)
    return {
      line,
      cell: (...names) => {
        const at = columns.findIndex((column) => names.includes(column))
        return (cells[at] ?? '').trim().normalize('NFC')
      },
    }
  })
  return { file, columns, rows }
}

/** Needs one of the columns, under any of its names. */
export function needColumn({ file, columns }: Table, ...names: readonly string[]): void {
  if (columns.some((column) => names.includes(column))) return
  const there = columns.join(', ')
  throw new UsageError(`${file} needs a column ${names.join(' or ')}; it has ${there}`)
}

export function faultAt(file: string, line: number, column: string, words: string): UsageError {
  return new UsageError(`${file}, line ${line}, column ${column}: ${words}`)
}
