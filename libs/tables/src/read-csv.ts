import { Readable } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import { decodeFile, type TextFile } from './decode-file.ts'
import { detectSeparator } from './detect-separator.ts'
import { findBrokenQuote } from './find-broken-quote.ts'
import { ROW_CHARS_MAX } from './limits.ts'
import { TableError } from './table-error.ts'

const HEAD_CHARS = 1 << 16

/** One row as it stands in its file, which begins at a line of it. */
export interface FileRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvRows {
  readonly separator: string
  readonly rows: AsyncIterable<FileRow>
}

/** The rows of a file whose columns are parted by a character; empty lines are none. */
export async function readCsv(file: TextFile, wanted?: string): Promise<CsvRows> {
  const { head, whole } = await readHead(file)
  const { separator, skip } =
    wanted === undefined ? detectSeparator(head, whole) : { separator: wanted, skip: 0 }
  return { separator, rows: readRows(file, separator, skip) }
}

async function readHead(file: TextFile): Promise<{ head: string; whole: boolean }> {
  let head = ''
  for await (const piece of decodeFile(file)) {
    head += piece
    if (head.length >= HEAD_CHARS) return { head: head.slice(0, HEAD_CHARS), whole: false }
  }
  return { head, whole: true }
}

async function* readRows(file: TextFile, separator: string, skip: number): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_CHARS_MAX,
  })
  const text = Readable.from(withoutStart(decodeFile(file), skip))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let ahead = skip === 0 ? 0 : -1
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: Info
    }>) {
      // The parser says where a row ends, and counts a CRLF inside of a value as two lines.
      const [ends, pairs] = lineEndsIn(record)
      yield { line: info.lines - ahead - ends, cells: record }
      ahead += pairs
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw await explain(error, file, separator, skip)
  } finally {
    text.destroy()
  }
}

function lineEndsIn(cells: readonly string[]): readonly [characters: number, pairs: number] {
  let [characters, pairs] = [0, 0]
  for (const cell of cells) {
    if (!cell.includes('\n') && !cell.includes('\r')) continue
    characters += cell.match(/[\r\n]/g)?.length ?? 0
    pairs += cell.match(/\r\n/g)?.length ?? 0
  }
  return [characters, pairs]
}

async function* withoutStart(text: AsyncIterable<string>, skip: number): AsyncGenerator<string> {
  let left = skip
  for await (const piece of text) {
    const rest = piece.slice(left)
    left = Math.max(0, left - piece.length)
    if (rest !== '') yield rest
  }
}

async function explain(error: CsvError, file: TextFile, separator: string, skip: number) {
  const text = withoutStart(decodeFile(file), skip)
  const broken = await findBrokenQuote(text, separator, ROW_CHARS_MAX)
  if (broken !== null) {
    const line = broken.place.line + (skip === 0 ? 0 : 1)
    return new TableError(file.name, broken.what, { ...broken.place, line })
  }
  const line = Number(error['lines']) || 1
  return new TableError(file.name, `a row that cannot be read (${error.code})`, { line, column: 1 })
}
