import { compareMeant, RULE_VERSION } from '@songnhap/comparators'
import type { FormDefinition } from '@songnhap/contracts'
import type { Table } from '@songnhap/tables'
import type { RecordSink, Verdict } from './compared-record.ts'
import type { ComparisonResult } from './comparison-result.ts'
import { diagnosePages } from './diagnose-pages.ts'
import { followDittos, type Meanings } from './follow-dittos.ts'
import { judgePair } from './judge-pair.ts'
import { judgePeople } from './judge-people.ts'
import type { Cell, Cells } from './read-cells.ts'
import { readTruth } from './read-truth.ts'
import { Tally } from './tally.ts'

export interface EntriesToCompare {
  readonly table: Table
  readonly cells: Cells
  readonly given: FormDefinition | null
  /** How an item's name gives its page and row, by groups of these names. */
  readonly rows?: RegExp | undefined
  readonly truth?: Table | undefined
  /** With the truth: how often the readings likeliest by Dawid and Skene's method are right. */
  readonly dawidSkene?: boolean | undefined
}

const MS_PER_SECOND = 1000

/**
 * Compares what the first two different people of each cell typed, never one person with himself or
 * herself; and, apart from that, every pair of different people.
 */
export async function compareEntries(
  { table, cells, given, rows, truth, dawidSkene = false }: EntriesToCompare,
  sink: RecordSink,
): Promise<ComparisonResult> {
  const began = performance.now()
  const fields = cells.form.fields
  sink.begin(fields)
  const [tally, everyPair] = [new Tally(), new Tally()]
  const meanings = followDittos(cells, rows)
  let [aligned, onlyFirst, single] = [0, 0, 0]
  for (const [item, ofItem] of cells.items) {
    const verdicts = ofItem.flatMap((cell) => judgeCell(item, cell, meanings, everyPair))
    single += ofItem.length - verdicts.length
    for (const { field, outcome, first, second } of verdicts) {
      tally.add(field, outcome, first === second)
    }
    if (verdicts.length === 0) onlyFirst += 1
    else {
      aligned += 1
      sink.take({ name: item, from: [null, null], verdicts })
    }
  }
  const found = rows === undefined ? { diagnoses: [], unknown: 0 } : diagnosePages(cells, rows)
  const notes = [...cells.notes]
  if (single > 0) notes.push(`${single} cells were typed by one person only, and not compared`)
  if (found.unknown > 0) notes.push(`${found.unknown} items have names that --rows does not fit`)
  const { name, version } = cells.form
  return {
    records: { aligned, onlyFirst, onlySecond: 0 },
    fields: inOrder(tally, fields),
    diagnoses: found.diagnoses,
    seconds: (performance.now() - began) / MS_PER_SECOND,
    ruleVersion: RULE_VERSION,
    form: { name, version, inferred: given === null },
    files: [table, ...(truth === undefined ? [] : [truth])].map((file) => ({
      name: file.name,
      read: file.read,
      rows: file.rows,
    })),
    rules: tally.rules(),
    notes,
    everyPair: inOrder(everyPair, fields),
    ...(truth === undefined ? {} : await againstTruth(cells, truth, meanings, dawidSkene)),
  }
}

async function againstTruth(cells: Cells, truth: Table, meanings: Meanings, weighed: boolean) {
  const truths = readTruth(truth, cells.form)
  const accuracy = judgePeople(cells, truths, meanings)
  if (!weighed) return { accuracy }
  // Loaded only where it is needed: the special functions take longer than a small comparison.
  const { weighPeople } = await import('./weigh-people.ts')
  return { accuracy, dawidSkene: weighPeople(cells, truths) }
}

function judgeCell(
  item: string,
  { field, entries }: Cell,
  meanings: Meanings,
  everyPair: Tally,
): Verdict[] {
  const readings = entries.map(({ annotator, value }) => {
    return { typed: { value }, meant: meanings(item, field.name, annotator) ?? { value } }
  })
  for (const [at, a] of readings.entries()) {
    for (const b of readings.slice(at + 1)) {
      const { outcome } = compareMeant(field, [a.typed, b.typed], [a.meant, b.meant])
      everyPair.add(field, outcome, a.typed.value === b.typed.value)
    }
  }
  const [first, second] = readings
  if (first === undefined || second === undefined) return []
  return [judgePair(field, [first.typed, second.typed], [first.meant, second.meant])]
}

/** Fields in the order of the form, and only those that anybody typed twice. */
function inOrder(tally: Tally, fields: FormDefinition['fields']): ComparisonResult['fields'] {
  const counts = tally.fields()
  return Object.fromEntries(
    fields.flatMap(({ name }) => (counts[name] === undefined ? [] : [[name, counts[name]]])),
  )
}
