import type { FieldOption } from '@songnhap/contracts'
import { faultAt, needColumn, type Table, type TableRow } from './read-table.ts'

const VALUE = ['value', 'name', 'ten', 'tên']
const ALIASES = ['aliases', 'alias']
/** Lists that were not made for us have commas between these. */
const OTHER_NAMES = ['other_names', 'ten_khac', 'tên_khác']
const ENTRIES_MAX = 2_000
const TEXT_MAX = 200
const CODE_MAX = 20
const ALIASES_MAX = 50

export interface ListEntries {
  readonly entries: FieldOption[]
  /** Of the file, one for each entry. */
  readonly lines: readonly number[]
  /** Other names that were left out, because they could mean more than one entry. */
  readonly ambiguous: readonly { readonly line: number; readonly alias: string }[]
}

interface Entry {
  readonly line: number
  readonly option: FieldOption
  readonly aliases: readonly string[]
}

/** The entries of a code list, from a table with the columns value[, code, label_vi, label_en, aliases]. */
export function readListEntries(table: Table): ListEntries {
  needColumn(table, ...VALUE)
  const read = table.rows.map((row) => readEntry(table.file, row))
  if (read.length === 0) throw faultAt(table.file, 2, VALUE[0] ?? '', 'there is no entry')
  if (read.length > ENTRIES_MAX) {
    throw faultAt(
      table.file,
      read[ENTRIES_MAX]?.line ?? 0,
      'value',
      `at most ${ENTRIES_MAX} entries`,
    )
  }
  refuseRepeated(table.file, read, 'value', ({ value }) => value)
  refuseRepeated(table.file, read, 'code', ({ code }) => code)
  const uses = countUses(read)
  const isClear = (alias: string) => uses.get(alias) === 1
  return {
    entries: read.map(({ option, aliases }) => {
      const clear = aliases.filter(isClear)
      return clear.length === 0 ? option : { ...option, aliases: clear }
    }),
    lines: read.map(({ line }) => line),
    ambiguous: read.flatMap(({ line, aliases }) =>
      aliases.filter((alias) => !isClear(alias)).map((alias) => ({ line, alias })),
    ),
  }
}

function readEntry(file: string, row: TableRow): Entry {
  const { line } = row
  const value = row.cell(...VALUE)
  const code = row.cell('code', 'ma', 'mã')
  const fit = (column: string, text: string, max = TEXT_MAX) => {
    if (text.length > max) throw faultAt(file, line, column, `longer than ${max} characters`)
    if (/\p{Cc}/u.test(text))
      throw faultAt(file, line, column, 'has a control character or a line break')
  }
  if (value === '') throw faultAt(file, line, 'value', 'is empty')
  fit('value', value)
  fit('code', code, CODE_MAX)
  const label = {
    vi: row.cell('label_vi') || value,
    en: row.cell('label_en') || value,
  }
  fit('label_vi', label.vi)
  fit('label_en', label.en)
  const aliases = [
    ...row.cell(...ALIASES).split(';'),
    ...row.cell(...OTHER_NAMES).split(/[;,]/),
  ].map((alias) => alias.trim())
  const others = [...new Set(aliases)].filter((alias) => alias !== '' && alias !== value)
  for (const alias of others) fit('aliases', alias)
  if (others.length > ALIASES_MAX) {
    throw faultAt(file, line, 'aliases', `more than ${ALIASES_MAX} of them`)
  }
  return { line, option: { value, label, ...(code === '' ? {} : { code }) }, aliases: others }
}

function refuseRepeated(
  file: string,
  entries: readonly Entry[],
  column: string,
  textOf: (option: FieldOption) => string | undefined,
): void {
  const lines = new Map<string, number>()
  for (const { line, option } of entries) {
    const text = textOf(option)
    const before = text === undefined ? undefined : lines.get(text)
    if (before !== undefined) throw faultAt(file, line, column, `is that of line ${before} too`)
    if (text !== undefined) lines.set(text, line)
  }
}

/** How many entries a text could mean. */
function countUses(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const { option, aliases } of entries) {
    for (const text of [option.value, ...aliases]) uses.set(text, (uses.get(text) ?? 0) + 1)
  }
  return uses
}
