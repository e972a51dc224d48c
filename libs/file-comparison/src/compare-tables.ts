import { type RowPair, RULE_VERSION } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { type Table, TableError } from '@songnhap/tables'
import { alignTables } from './align-tables.ts'
import type { TakeRecord } from './compared-record.ts'
import type { ComparedFile, ComparisonResult, Diagnosis } from './comparison-result.ts'
import { diagnoseTables } from './diagnose-tables.ts'
import { inferForm } from './infer-form.ts'
import { joinByKey } from './join-by-key.ts'
import { judgePair } from './judge-pair.ts'
import { listed, type MatchedColumns, matchColumns, titleKey } from './match-columns.ts'
import { type RecordSource, recordSource } from './record-source.ts'
import { Tally } from './tally.ts'

export interface TablesToCompare {
  readonly first: Table
  readonly second: Table
  /** Null: every column that both have is a text. */
  readonly form: FormDefinition | null
  /** The column that names a record; absent: records are aligned. */
  readonly key?: string | undefined
  /** The column that names the page on which a record stands. */
  readonly page?: string | undefined
  readonly onStage?: ((stage: Stage, done: number, total: number) => void) | undefined
}

export type Stage = 'align' | 'compare'

const TELL_EVERY = 1000
const MS_PER_SECOND = 1000

/** Compares two tables of any size; what is compared goes to `take`, and what is counted comes back. */
export function compareTables(
  { first, second, form: given, key, page, onStage = () => {} }: TablesToCompare,
  take: TakeRecord,
): ComparisonResult {
  const began = performance.now()
  const form = given ?? inferForm(titlesOfBoth(first, second))
  const matched = matchColumns(form, [first, second])
  const fields = matched.fields.filter(({ field }) => field.entry !== 'single')
  const narrow: FormDefinition = { ...form, fields: fields.map(({ field }) => field) }
  const sources = [recordSource(first, fields, 0), recordSource(second, fields, 1)] as const
  const notes = [...notesOn(given, matched, form)]

  const total = first.rows + second.rows
  onStage('align', 0, total)
  let pairs: readonly RowPair[]
  if (key === undefined) {
    const aligned = alignTables(narrow, ...sources, (row) => onStage('align', 2 * row, total))
    pairs = aligned.pairs
    if (aligned.byPlace > 0) notes.push(BY_PLACE(aligned.byPlace))
  } else {
    const { field, columns } = keyOf(key, form, first, second)
    pairs = joinByKey(field, columns, ...sources)
  }
  const nameOf = key === undefined ? undefined : keyNames(key, form, first, second)
  const tally = new Tally(narrow.fields)
  const records = comparePairs(narrow, sources, pairs, { tally, take, nameOf, onStage })
  const pages = page === undefined ? undefined : columnOf(page, first)
  const diagnoses: Diagnosis[] = diagnoseTables(narrow, sources, pairs, pages)
  return {
    records,
    fields: tally.fields(),
    diagnoses,
    seconds: (performance.now() - began) / MS_PER_SECOND,
    ruleVersion: RULE_VERSION,
    form: { name: form.name, version: form.version, inferred: given === null },
    files: [fileOf(first), fileOf(second)],
    rules: tally.rules(),
    notes,
  }
}
