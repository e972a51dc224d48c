import { open, stat } from 'node:fs/promises'
import { openText } from './decode-file.ts'
import { COLUMNS_MAX, FILE_BYTES_MAX, ROWS_MAX } from './limits.ts'
import { type FileRow, readCsv } from './read-csv.ts'
import { RowStore } from './row-store.ts'
import { TableError } from './table-error.ts'

export interface TableOptions {
  /** A label of the Encoding Standard; absent: found out. */
  readonly encoding?: string | undefined
  readonly separator?: string | undefined
  /** Of a workbook; absent: the first. */
  readonly sheet?: string | undefined
  /** Called now and then with the rows read so far. */
  readonly onRows?: ((rows: number) => void) | undefined
}

/** A table whose rows are on disk. Close it. */
export interface Table extends Disposable {
  readonly name: string
  /** How it was read, in words: encoding and separator, or the sheet. */
  readonly read: string
  readonly header: readonly string[]
  readonly rows: number
  /** From 0; the header is none. Has as many cells as the header. */
  readonly at: (row: number) => FileRow
}

const ZIP = [0x50, 0x4b]
/** What Excel saved before XLSX, and what it makes of a workbook with a password. */
const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0]
const TELL_EVERY_ROWS = 5000

/** Reads a whole table once, checks its shape, and keeps its rows at hand without keeping them in memory. */
export async function openTable(path: string, options: TableOptions = {}): Promise<Table> {
  const name = path
  const bytes = await sizeOf(path)
  if (bytes === 0) throw new TableError(name, 'the file is empty')
  if (bytes > FILE_BYTES_MAX) {
    throw new TableError(name, `a file of more than ${FILE_BYTES_MAX / 1024 ** 3} GB; split it`)
  }
  const { rows, read, ragged } = await readAny(path, name, bytes, options)
  const store = new RowStore()
  try {
    const header = await fill(store, rows, { name, ragged, onRows: options.onRows })
    const close = () => store.close()
    const at = (row: number) => store.at(row)
    return { name, read, header, rows: store.length, at, [Symbol.dispose]: close }
  } catch (error) {
    store.close()
    throw error
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new TableError(path, 'no file; name a CSV or XLSX file')
    return found.size
  } catch (error) {
    if (error instanceof TableError || !(error instanceof Error)) throw error
    throw new TableError(path, `cannot be read: ${error.message}`)
  }
}

async function readAny(path: string, name: string, bytes: number, options: TableOptions) {
  const head = await readHead(path)
  const starts = (mark: readonly number[]) => mark.every((byte, at) => head[at] === byte)
  if (starts(OLD_OFFICE)) {
    const what = 'an old Excel file (.xls), or one with a password; save it as XLSX without one'
    throw new TableError(name, what)
  }
  if (starts(ZIP)) {
    // Loaded only here: most tables are text, and the command should start at once.
    const { readWorkbook } = await import('./read-workbook.ts')
    const { sheet, rows } = await readWorkbook(path, name, bytes, options.sheet)
    return { rows, read: `XLSX, sheet ${sheet}`, ragged: true }
  }
  if (/\.xlsx$/i.test(path)) throw new TableError(name, 'no spreadsheet, although it is called so')
  if (options.sheet !== undefined) throw new TableError(name, 'a text file, which has no sheets')
  const file = await openText(path, name, options.encoding)
  const { separator, rows } = await readCsv(file, options.separator)
  const guessed = file.encoding.guessed ? ' (guessed)' : ''
  const shown = separator === '\t' ? 'tab' : separator
  return { rows, read: `CSV, ${file.encoding.label}${guessed}, separator ${shown}`, ragged: false }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(OLD_OFFICE.length), 0, OLD_OFFICE.length, 0)
    return buffer
  } finally {
    await file.close()
  }
}

interface Reading {
  readonly name: string
  /** Empty cells at the end of a row are not in the file, as in every workbook. */
  readonly ragged: boolean
  readonly onRows: TableOptions['onRows']
}

async function fill(
  store: RowStore,
  rows: AsyncIterable<FileRow>,
  reading: Reading,
): Promise<readonly string[]> {
  const { name, onRows } = reading
  let header: readonly string[] | undefined
  for await (const row of rows) {
    if (header === undefined) {
      header = readHeader(row, name)
      continue
    }
    // Spreadsheets save rows that somebody has emptied.
    if (row.cells.every((cell) => cell === '')) continue
    if (store.length >= ROWS_MAX) throw new TableError(name, `more than ${ROWS_MAX} rows; split it`)
    store.add({ line: row.line, cells: fit(row, header.length, reading) })
    if (store.length % TELL_EVERY_ROWS === 0) onRows?.(store.length)
  }
  if (header === undefined) throw new TableError(name, 'there is no row in the file')
  return header
}

function readHeader({ line, cells }: FileRow, name: string): readonly string[] {
  const titles = cells.map((cell) => cell.trim())
  while (titles.length > 0 && titles.at(-1) === '') titles.pop()
  if (titles.length > COLUMNS_MAX) {
    throw new TableError(name, `more than ${COLUMNS_MAX} columns`, { line, column: 1 })
  }
  const unnamed = titles.indexOf('')
  if (unnamed !== -1 || titles.length === 0) {
    const what = `column ${unnamed + 1} has no heading; the first row has to name every column`
    throw new TableError(name, what, { line, column: charactersBefore(cells, unnamed) })
  }
  const keys = titles.map((title) => title.normalize('NFC').toLowerCase())
  const again = keys.findIndex((key, at) => keys.indexOf(key) !== at)
  if (again !== -1) {
    const first = keys.indexOf(keys[again] ?? '') + 1
    const what = `columns ${first} and ${again + 1} have the same heading; name them differently`
    throw new TableError(name, what, { line, column: charactersBefore(cells, again) })
  }
  return titles
}

/** Empty cells behind the last column are what spreadsheets add; anything else is a broken row. */
function fit({ line, cells }: FileRow, columns: number, { name, ragged }: Reading) {
  const extra = cells.findIndex((cell, at) => at >= columns && cell !== '')
  const missing = cells.length < columns && !ragged
  if (extra === -1 && !missing) {
    return Array.from({ length: columns }, (_, column) => cells[column] ?? '')
  }
  const what =
    `${count(cells.length)} where the heading has ${columns}; is the separator right, ` +
    'and does every value that contains it stand in quotation marks?'
  const column = charactersBefore(cells, extra === -1 ? cells.length : extra)
  throw new TableError(name, what, { line, column })
}

function count(columns: number): string {
  return columns === 1 ? '1 column' : `${columns} columns`
}

/** Where a cell begins in its line, from 1, as far as its cells are written without quotation marks. */
function charactersBefore(cells: readonly string[], cell: number): number {
  return cells.slice(0, Math.max(cell, 0)).reduce((sum, { length }) => sum + length + 1, 1)
}
