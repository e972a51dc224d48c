import { type RowPair, RULE_VERSION } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { type Table, TableError } from '@songnhap/tables'
import { alignTables } from './align-tables.ts'
import { comparePairs } from './compare-pairs.ts'
import type { RecordSink } from './compared-record.ts'
import type { ComparedFile, ComparisonResult } from './comparison-result.ts'
import { inferForm } from './infer-form.ts'
import { joinByKey } from './join-by-key.ts'
import { listed, matchColumns, titleKey } from './match-columns.ts'
import { type RecordSource, recordSource } from './record-source.ts'
import { Tally } from './tally.ts'
import { watchPages } from './watch-pages.ts'

export type Stage = 'align' | 'compare'
export type OnStage = (stage: Stage, done: number, total: number) => void

export interface TablesToCompare {
  readonly first: Table
  readonly second: Table
  /** Null: every column that both have is a text. */
  readonly form: FormDefinition | null
  /** The column that names a record; absent: records are aligned. */
  readonly key?: string | undefined
  /** The column that names the page on which a record stands; absent: the whole table is one. */
  readonly page?: string | undefined
  readonly onStage?: OnStage | undefined
}

const MS_PER_SECOND = 1000

/** Compares two tables of any size; what is compared goes to the sink, and what is counted comes back. */
export async function compareTables(
  { first, second, form: given, key, page, onStage = () => {} }: TablesToCompare,
  sink: RecordSink,
): Promise<ComparisonResult> {
  const began = performance.now()
  const form = given ?? inferForm(titlesOfBoth(first, second))
  const { fields, notes } = matchColumns(form, [first, second])
  const narrow: FormDefinition = { ...form, fields: fields.map(({ field }) => field) }
  const sources = [recordSource(first, fields, 0), recordSource(second, fields, 1)] as const
  const keyed = key === undefined ? null : keyIn(form, first, second, key)
  const paired = keyed === null ? alignAll(narrow, sources, onStage) : joinAll(keyed, sources)
  const tally = new Tally(narrow.fields)
  const pages = page === undefined ? null : pageIn(page, [first, second], sources)
  const watch = watchPages(narrow, sources, pages)
  sink.begin(narrow.fields)
  onStage('compare', 0, paired.pairs.length)
  const records = await comparePairs(narrow, sources, paired.pairs, {
    tally,
    take: sink.take,
    watch: watch.add,
    nameOf: keyed === null ? undefined : (pair) => nameBy(keyed, sources, pair),
    onRecord: (done) => onStage('compare', done, paired.pairs.length),
  })
  return {
    records,
    fields: tally.fields(),
    diagnoses: watch.finish(),
    seconds: (performance.now() - began) / MS_PER_SECOND,
    ruleVersion: RULE_VERSION,
    form: { name: form.name, version: form.version, inferred: given === null },
    files: [fileOf(first), fileOf(second)],
    rules: tally.rules(),
    notes: [...notes, ...paired.notes],
  }
}

type Sources = readonly [RecordSource, RecordSource]

interface Paired {
  readonly pairs: readonly RowPair[]
  readonly notes: readonly string[]
}

function alignAll(form: FormDefinition, sources: Sources, onStage: OnStage): Paired {
  const total = sources[0].rows
  const { pairs, byPlace } = alignTables(form, ...sources, (row) => onStage('align', row, total))
  if (byPlace === 0) return { pairs, notes: [] }
  const note =
    `${byPlace} rows were compared near their places, ` +
    'as nothing in them says which belong together; --key names a column that does'
  return { pairs, notes: [note] }
}

function joinAll({ field, columns }: Key, sources: Sources): Paired {
  return { pairs: joinByKey(field, columns, ...sources), notes: [] }
}

interface Key {
  readonly field: FieldDefinition
  readonly columns: readonly [first: number, second: number]
}

/** The key may be a field, which then compares too, or any other column that both files have. */
function keyIn(form: FormDefinition, first: Table, second: Table, key: string): Key {
  const field = form.fields.find(({ name, label }) =>
    [name, label.vi, label.en].some((title) => titleKey(title) === titleKey(key)),
  )
  const keys = [key, ...(field === undefined ? [] : [field.name, field.label.vi, field.label.en])]
  const columns = [first, second].map(({ name, header }) => {
    const column = header.findIndex((title) => keys.map(titleKey).includes(titleKey(title)))
    if (column !== -1) return column
    throw new TableError(name, `no column ${key}, the key; there are: ${listed(header)}`)
  })
  const asText = inferForm([key]).fields[0]
  const found = field ?? asText
  const [a, b] = columns
  if (found === undefined || a === undefined || b === undefined) throw new Error('no key')
  return { field: found, columns: [a, b] }
}

/** Which page a record is of, by a column of either file. */
function pageIn(page: string, tables: readonly [Table, Table], [first, second]: Sources) {
  const [a, b] = tables.map(({ header }) =>
    header.findIndex((title) => titleKey(title) === titleKey(page)),
  )
  if (a === undefined || b === undefined || (a === -1 && b === -1)) {
    const heads = listed([...tables[0].header, ...tables[1].header])
    throw new TableError(tables[0].name, `no column ${page}, the page; there are: ${heads}`)
  }
  return ([x, y]: RowPair) => {
    if (a !== -1 && x !== null) return first.cell(x, a)
    return b !== -1 && y !== null ? second.cell(y, b) : ''
  }
}

function nameBy({ columns }: Key, [first, second]: Sources, [a, b]: RowPair): string {
  if (a !== null) return first.cell(a, columns[0])
  return b === null ? '' : second.cell(b, columns[1])
}

/** By their names in the first file. */
function titlesOfBoth(first: Table, second: Table): string[] {
  const keys = new Set(second.header.map(titleKey))
  const common = first.header.filter((title) => keys.has(titleKey(title)))
  if (common.length > 0) return common
  const heads = `${listed(first.header)} and ${listed(second.header)}`
  throw new TableError(second.name, `has no column of ${first.name}; the headings are ${heads}`)
}

function fileOf({ name, read, rows }: Table): ComparedFile {
  return { name, read, rows }
}
