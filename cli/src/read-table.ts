import { readFile } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { UsageError } from './usage-error.ts'

const FILE_BYTES_MAX = 64 * 1024 * 1024
const SEPARATORS = [',', ';', '\t']
/** What a program writes that saves Vietnamese text as UTF-16. */
const UTF16_MARKS = [
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
]

/** A file of comma-separated values with a header. */
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

/** UTF-8 and UTF-16; comma, semicolon or tab. What is wrong is told with line and column. */
export async function readTable(file: string): Promise<Table> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`)
  })
  if (bytes.length > FILE_BYTES_MAX) throw new UsageError(`${file} is larger than 64 MB`)
  return tableOf(file, decode(file, bytes))
}

function decode(file: string, bytes: Uint8Array): string {
  const marked = UTF16_MARKS.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))
  try {
    return new TextDecoder(marked?.encoding ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    const kind = marked === undefined ? 'UTF-8' : 'whole UTF-16'
    throw new UsageError(`${file} is not ${kind}: save it as "CSV UTF-8" and try again`)
  }
}

export function tableOf(file: string, text: string): Table {
  const records = parseText(file, text)
  const [header, ...others] = records
  if (header === undefined) throw new UsageError(`${file} is empty: a header is needed`)
  const columns = header.cells.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  )
  const twice = columns.find((name, at) => name !== '' && columns.indexOf(name) < at)
  if (twice !== undefined) throw faultAt(file, header.line, twice, 'there are two of this column')
  const rows = others.map(({ line, cells }) => {
    if (cells.length !== columns.length) {
      const words = `${cells.length} values, where the header has ${columns.length} columns`
      throw faultAt(file, line, columns.at(-1) ?? '', words)
    }
    return {
      line,
      cell: (...names: readonly string[]) => {
        const at = columns.findIndex((column) => names.includes(column))
        return (cells[at] ?? '').trim().normalize('NFC')
      },
    }
  })
  return { file, columns, rows }
}

interface TextRecord {
  readonly line: number
  readonly cells: readonly string[]
}

function parseText(file: string, text: string): TextRecord[] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  const count = (separator: string) => firstLine.split(separator).length
  const delimiter = SEPARATORS.toSorted((one, other) => count(other) - count(one))[0] ?? ','
  try {
    const parsed = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    return parsed.map(({ info, record }) => ({
      // The parser tells the line on which a record ends.
      line: info.lines - (record.join('').match(/\r\n|\r|\n/g)?.length ?? 0),
      cells: record,
    }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UsageError(`${file}, line ${error['lines']}: ${error.message}`)
  }
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
