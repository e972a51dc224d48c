import type { FieldDefinition } from '@songnhap/contracts'
import { csvLine, spreadsheetLine } from '@songnhap/tables'
import type { ComparedRecord, RecordSink } from './compared-record.ts'
import type { ComparisonResult } from './comparison-result.ts'
import { renderReport } from './render-report.ts'
import { ResultFolder } from './result-folder.ts'

export interface ResultOptions {
  readonly folder: string
  /** For a spreadsheet: a BOM, and no value is a formula. */
  readonly forSpreadsheet: boolean
}

export interface ResultWriter extends RecordSink {
  /** Writes the report, and lets the files appear. */
  readonly finish: (result: ComparisonResult) => void
  readonly discard: () => void
}

/** How many records with something to decide the report shows. */
const SHOWN_MAX = 500
const BOM = '\ufeff'
const ALONE = {
  outcome: 'row-missing',
  rule: 'row-missing',
  reason: 'Only one reader found this record',
}
const BETWEEN_VALUES = ' | '

/** Writes what was compared, record by record: every verdict, what is settled, and a report. */
export function writeResults({ folder, forSpreadsheet }: ResultOptions): ResultWriter {
  let open: OpenResults | undefined
  const opened = () => {
    if (open === undefined) throw new Error('nothing was begun')
    return open
  }
  return {
    begin: (fields) => {
      open = openResults(fields, new ResultFolder(folder), forSpreadsheet)
    },
    take: (record) => opened().take(record),
    finish: (result) => opened().finish(result),
    discard: () => open?.results.discard(),
  }
}

interface OpenResults {
  readonly results: ResultFolder
  readonly take: RecordSink['take']
  readonly finish: ResultWriter['finish']
}

function openResults(
  fields: readonly FieldDefinition[],
  results: ResultFolder,
  forSpreadsheet: boolean,
): OpenResults {
  const line = forSpreadsheet ? spreadsheetLine : csvLine
  const start = forSpreadsheet ? BOM : ''
  const comparison = results.open('comparison.csv')
  const settled = results.open('settled.csv')
  const names = fields.map(({ name }) => name)
  const own = ['record', 'first_place', 'second_place', 'open'].map((title) => free(title, names))
  comparison.write(
    start + line(['record', 'field', 'first', 'second', 'outcome', 'rule', 'reason']),
  )
  settled.write(start + line([...own, ...names]))
  const shown: ComparedRecord[] = []
  let asked = 0
  return {
    results,
    take: (record) => {
      for (const values of linesOf(record)) comparison.write(line(values))
      settled.write(line(settledLine(record, names)))
      if (!isAsked(record)) return
      asked += 1
      if (shown.length < SHOWN_MAX) shown.push(record)
    },
    finish: (result) => {
      const report = results.open('report.html')
      for (const piece of renderReport(result, shown, asked)) report.write(piece)
      results.finish()
    },
  }
}

/** A title that no field has. */
function free(title: string, names: readonly string[]): string {
  return names.includes(title) ? free(`${title}_`, names) : title
}

function* linesOf({ name, from, verdicts, alone }: ComparedRecord): Generator<string[]> {
  if (alone !== undefined) {
    const values = alone.join(BETWEEN_VALUES)
    const sides = from[0] === null ? ['', values] : [values, '']
    yield [name, '', ...sides, ALONE.outcome, ALONE.rule, ALONE.reason]
  }
  for (const { field, first, second, outcome } of verdicts) {
    yield [name, field.name, first, second, outcome.class, outcome.rule, outcome.reason]
  }
}

function settledLine(record: ComparedRecord, names: readonly string[]): string[] {
  const { name, from, verdicts, alone } = record
  const settled = new Map(verdicts.map((verdict) => [verdict.field.name, verdict.settled]))
  const open = alone !== undefined ? ['*'] : names.filter((field) => settled.get(field) === null)
  const values = names.map((field) => settled.get(field) ?? '')
  return [name, from[0] ?? '', from[1] ?? '', open.join(' '), ...values]
}

function isAsked({ verdicts, alone }: ComparedRecord): boolean {
  return alone !== undefined || verdicts.some(({ settled }) => settled === null)
}
