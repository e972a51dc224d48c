import {
  type ComparisonResult,
  compareEntries,
  compareTables,
  type RecordSink,
  readCells,
  readForm,
  type Stage,
  summarise,
  writeResults,
} from '@songnhap/file-comparison'
import { openTable, type Table, UnknownEncoding } from '@songnhap/tables'
import { SingleBar } from 'cli-progress'
import { UsageError } from './usage-error.ts'

/** The options of `songnhap compare`, as they were given. */
export interface CompareOptions {
  readonly form?: string | undefined
  readonly key?: string | undefined
  readonly page?: string | undefined
  readonly entries?: string | undefined
  readonly rows?: string | undefined
  readonly truth?: string | undefined
  readonly 'dawid-skene'?: boolean | undefined
  readonly out?: string | undefined
  readonly encoding?: string | undefined
  readonly separator?: string | undefined
  readonly sheet?: string | undefined
  readonly json?: boolean | undefined
  readonly 'for-spreadsheet'?: boolean | undefined
}

/** What belongs to the one way of calling, and means nothing in the other. */
const OF_TABLES = ['key', 'page'] as const
const OF_ENTRIES = ['rows', 'truth', 'dawid-skene'] as const
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
const PROGRESS_MS = 2000

/** Compares two files, or the entries of many people in one, without any server. */
export async function compare(files: readonly string[], options: CompareOptions): Promise<number> {
  const results =
    options.out === undefined
      ? null
      : writeResults({
          folder: options.out,
          forSpreadsheet: options['for-spreadsheet'] === true,
        })
  const sink = results ?? { begin: () => {}, take: () => {} }
  const stop = () => {
    results?.discard()
    process.exit(130)
  }
  for (const signal of SIGNALS) process.once(signal, stop)
  try {
    const result =
      options.entries === undefined
        ? await compareTwo(files, options, sink)
        : await compareMany(files, options.entries, options, sink)
    results?.finish(result)
    print(result, options)
    return 0
  } catch (error) {
    results?.discard()
    throw error instanceof UnknownEncoding ? new UsageError(error.message) : error
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}

async function compareTwo(
  files: readonly string[],
  options: CompareOptions,
  sink: RecordSink,
): Promise<ComparisonResult> {
  const [firstPath, secondPath] = files
  if (firstPath === undefined || secondPath === undefined || files.length > 2) {
    throw new UsageError('name two files to compare, or one with --entries')
  }
  refuse(options, OF_ENTRIES, '--entries')
  const form = options.form === undefined ? null : await readForm(options.form)
  using first = await open(firstPath, options)
  using second = await open(secondPath, options)
  const { key, page } = options
  const progress = new Progress()
  try {
    return await compareTables(
      { first, second, form, key, page, onStage: (...stage) => progress.tell(...stage) },
      sink,
    )
  } finally {
    progress.end()
  }
}

async function compareMany(
  files: readonly string[],
  path: string,
  options: CompareOptions,
  sink: RecordSink,
): Promise<ComparisonResult> {
  if (files.length > 0) throw new UsageError('--entries takes one file, and no other is named')
  refuse(options, OF_TABLES, 'two files')
  const dawidSkene = options['dawid-skene'] === true
  if (dawidSkene && options.truth === undefined) {
    throw new UsageError('--dawid-skene goes with --truth: it tells how often its choice is right')
  }
  const rows = options.rows === undefined ? undefined : readPattern(options.rows)
  const given = options.form === undefined ? null : await readForm(options.form)
  using table = await open(path, options)
  using truth = options.truth === undefined ? null : await open(options.truth, options)
  const cells = readCells(table, given)
  return await compareEntries(
    { table, cells, given, rows, truth: truth ?? undefined, dawidSkene },
    sink,
  )
}

function refuse(
  options: CompareOptions,
  names: readonly (keyof CompareOptions)[],
  of: string,
): void {
  const found = names.find((name) => options[name] !== undefined)
  if (found !== undefined) throw new UsageError(`--${found} goes with ${of} only`)
}

async function open(path: string, options: CompareOptions): Promise<Table> {
  const { encoding, sheet } = options
  const separator = options.separator === '\\t' ? '\t' : options.separator
  if (separator !== undefined && [...separator].length !== 1) {
    throw new UsageError('--separator is one character, or \\t')
  }
  const progress = new Progress()
  try {
    const onRows = (rows: number) => progress.tell('read', rows, null, path)
    return await openTable(path, { encoding, separator, sheet, onRows })
  } finally {
    progress.end()
  }
}

function readPattern(text: string): RegExp {
  let pattern: RegExp
  try {
    pattern = new RegExp(text, 'u')
  } catch (error) {
    throw new UsageError(`--rows is no pattern: ${error instanceof Error ? error.message : error}`)
  }
  if (!text.includes('(?<page>') || !text.includes('(?<row>')) {
    throw new UsageError('--rows names no groups page and row, as in ^(?<page>.+)r(?<row>\\d+)$')
  }
  return pattern
}

const STAGES: Record<Stage | 'read', string> = {
  read: 'đọc / reading',
  align: 'ghép dòng / aligning',
  compare: 'so sánh / comparing',
}

/** How far it is, on the other stream than the result: a bar for people, now and then a line for a log. */
class Progress {
  #bar: SingleBar | null = null
  #stage: string | null = null

  tell(stage: Stage | 'read', done: number, total: number | null, name = ''): void {
    if (this.#stage !== stage) {
      this.end()
      this.#stage = stage
      const format = total === null ? '{stage} {value} {name}' : '{stage} {bar} {value}/{total}'
      this.#bar = new SingleBar({
        format,
        stream: process.stderr,
        noTTYOutput: true,
        notTTYSchedule: PROGRESS_MS,
        clearOnComplete: true,
      })
      this.#bar.start(total ?? 0, done, { stage: STAGES[stage], name })
    }
    if (total === null) this.#bar?.setTotal(done)
    this.#bar?.update(done)
  }

  end(): void {
    this.#bar?.stop()
    this.#bar = null
    this.#stage = null
  }
}

function print(result: ComparisonResult, { json, out }: CompareOptions): void {
  if (json === true) process.stdout.write(`${JSON.stringify(result)}\n`)
  else process.stdout.write(`${summarise(result)}\n${whereWritten(out)}\n`)
}

function whereWritten(out: string | undefined): string {
  if (out === undefined)
    return 'Không ghi tệp nào; --out DIR để ghi / nothing written; --out DIR does'
  return `${out}: comparison.csv, settled.csv, report.html`
}
