import type { UnitRow } from '@songnhap/contracts'
import { faultAt, needColumn, type Table, type TableRow } from './read-table.ts'

const CODE = ['code', 'ma', 'mã']
const NAME = ['name', 'ten', 'tên']
const LEVEL = ['level', 'cap', 'cấp']
const TYPE = ['type', 'kind', 'loai', 'loại']
const PARENT = ['parent_code', 'parent', 'ma_cha', 'mã_cha']
const WORDS = ['made_from']
const CODES = ['predecessor_codes', 'predecessors']
const WORDS_MAX = 8_000
const NAME_MAX = 200

const CODE_FORM = /^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/
const LEVEL_FORM = /^[a-z][a-z-]{0,31}$/

/** Which units another was made of, as one of the columns says. */
type Origin = Pick<UnitRow, 'madeFrom' | 'predecessorCodes'>

/** The units of a day, from a table with code, level, name, parent_code[, type, made_from, predecessor_codes]. */
export function readUnitRows(table: Table): UnitRow[] {
  for (const names of [CODE, LEVEL, NAME, PARENT]) needColumn(table, ...names)
  return table.rows.map((row) => {
    const { line } = row
    const name = row.cell(...NAME)
    if (name === '') throw faultAt(table.file, line, 'name', 'is empty')
    refuseUnusable(table.file, line, 'name', name, NAME_MAX)
    const parentCode = row.cell(...PARENT)
    const type = row.cell(...TYPE)
    return {
      line,
      code: matching(table.file, row, CODE, CODE_FORM, 'letters, digits, points and hyphens'),
      level: matching(table.file, row, LEVEL, LEVEL_FORM, 'a word in small letters, as commune'),
      name,
      ...(parentCode === ''
        ? {}
        : { parentCode: matching(table.file, row, PARENT, CODE_FORM, 'a code') }),
      ...(type === ''
        ? {}
        : { type: matching(table.file, row, TYPE, LEVEL_FORM, 'as xa, phuong') }),
      ...readOrigin(table.file, row),
    }
  })
}

/** Rows with what a second file says of where they come from; it goes before the first one's. */
export function withPredecessors(rows: readonly UnitRow[], table: Table): UnitRow[] {
  needColumn(table, ...CODE)
  needColumn(table, ...WORDS, ...CODES)
  const known = new Set(rows.map(({ code }) => code))
  const origins = new Map<string, Origin>()
  for (const row of table.rows) {
    const code = matching(table.file, row, CODE, CODE_FORM, 'letters, digits, points and hyphens')
    if (!known.has(code)) continue
    if (origins.has(code)) throw faultAt(table.file, row.line, 'code', `${code} stands here twice`)
    origins.set(code, readOrigin(table.file, row))
  }
  return rows.map((row) => {
    const origin = origins.get(row.code)
    if (origin === undefined || Object.keys(origin).length === 0) return row
    const { madeFrom: _, predecessorCodes: __, ...rest } = row
    return { ...rest, ...origin }
  })
}

/** Codes of a second file that the first one has not. */
export function strangersIn(rows: readonly UnitRow[], table: Table): TableRow[] {
  const known = new Set(rows.map(({ code }) => code))
  return table.rows.filter((row) => !known.has(row.cell(...CODE)))
}

function readOrigin(file: string, row: TableRow): Origin {
  const words = row.cell(...WORDS)
  const codes = [...new Set(row.cell(...CODES).split(/[;,\s]+/))].filter((code) => code !== '')
  refuseUnusable(file, row.line, 'made_from', words, WORDS_MAX)
  const odd = codes.find((code) => !CODE_FORM.test(code))
  if (odd !== undefined) throw faultAt(file, row.line, 'predecessor_codes', `${odd} is no code`)
  return {
    ...(words === '' ? {} : { madeFrom: words }),
    ...(codes.length === 0 ? {} : { predecessorCodes: codes }),
  }
}

function matching(
  file: string,
  row: TableRow,
  columns: readonly string[],
  form: RegExp,
  words: string,
): string {
  const text = row.cell(...columns)
  if (!form.test(text)) throw faultAt(file, row.line, columns[0] ?? '', `must be ${words}`)
  return text
}

function refuseUnusable(file: string, line: number, column: string, text: string, max: number) {
  if (text.length > max) throw faultAt(file, line, column, `longer than ${max} characters`)
  if (/\p{Cc}/u.test(text)) {
    throw faultAt(file, line, column, 'has a control character or a line break')
  }
}
