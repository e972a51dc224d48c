/** Pages of a register as a typist would key them, with slips planted at will. */
import type { FormDefinition, Reading, TypedRecord } from '@songnhap/contracts'
import fc from 'fast-check'
import { fieldOf, typed } from '../field-of.ts'

export const FORM: FormDefinition = {
  name: 'register',
  version: 1,
  title: { vi: '', en: '' },
  recordsMax: 60,
  fields: [
    fieldOf('registration-number', { name: 'number' }),
    fieldOf('name', { name: 'person' }),
    fieldOf('date', { name: 'born' }),
    fieldOf('place', { name: 'place' }),
    fieldOf('text', { name: 'cause' }),
    fieldOf('choice', { name: 'sex' }),
    fieldOf('text', { name: 'remark' }),
  ],
}

/** The fields of which each record has its own value; sex has two, and remark is nearly always empty. */
export const DISTINCT = ['number', 'person', 'born', 'place', 'cause'] as const

const LETTERS = 'bcdghklmnpqrstvx'
const VOWELS = 'aeiouy'
const word = fc
  .array(fc.tuple(fc.constantFrom(...LETTERS), fc.constantFrom(...VOWELS)), {
    minLength: 3,
    maxLength: 6,
  })
  .map((syllables) => syllables.flat().join(''))

export function anyPage(rowsMin: number, rowsMax: number): fc.Arbitrary<TypedRecord[]> {
  return fc.integer({ min: rowsMin, max: rowsMax }).chain((rows) => {
    const words = fc.uniqueArray(word, { minLength: 3 * rows, maxLength: 3 * rows })
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 335 }), {
      minLength: rows,
      maxLength: rows,
    })
    const start = fc.integer({ min: 1, max: 900 })
    const sexes = fc.array(fc.constantFrom('Nam', 'Nữ'), { minLength: rows, maxLength: rows })
    return fc.tuple(words, days, start, sexes).map(([words, days, start, sexes]) =>
      Array.from({ length: rows }, (_, row): TypedRecord => {
        const day = days[row] ?? 0
        return {
          number: typed(`${start + row}`),
          person: typed(`${words[row]} ${words[rows + row]?.slice(0, 4)}`),
          born: typed(`${1 + (day % 28)}/${1 + Math.floor(day / 28)}/${1950 + (day % 40)}`),
          place: typed(`${words[rows + row]}`),
          cause: typed(`${words[2 * rows + row]}`),
          sex: typed(sexes[row] ?? 'Nam'),
          remark: typed(row === 1 ? 'bìa rách' : ''),
        }
      }),
    )
  })
}

/** One letter of one cell in `every` differs, as fast-check draws. */
export function withTypos(records: TypedRecord[], cells: ReadonlySet<number>): TypedRecord[] {
  const { fields } = FORM
  return records.map((record, row) =>
    Object.fromEntries(
      fields.map(({ name }, column) => {
        const reading = record[name] ?? typed('')
        const hit = cells.has(row * fields.length + column) && reading.value !== ''
        return [name, hit ? typo(reading) : reading]
      }),
    ),
  )
}

function typo({ value, origin }: Reading): Reading {
  const at = value.length >> 1
  const letter = value[at] === '7' || value[at] === 'w' ? '1' : /\d/.test(value) ? '7' : 'w'
  return { value: value.slice(0, at) + letter + value.slice(at + 1), origin }
}

/** At most a tenth of the cells. */
export function anyTypos(rows: number): fc.Arbitrary<ReadonlySet<number>> {
  const cells = rows * FORM.fields.length
  const cell = fc.integer({ min: 0, max: cells - 1 })
  return fc.uniqueArray(cell, { maxLength: Math.floor(cells / 10) }).map((drawn) => new Set(drawn))
}

/** At most so many in each column, so that a slip of it can still be seen. */
export function fewTypos(rows: number, most: number): fc.Arbitrary<ReadonlySet<number>> {
  const columns = FORM.fields.length
  const drawn = fc.uniqueArray(fc.integer({ min: 0, max: rows - 1 }), { maxLength: most })
  const all = fc.array(drawn, { minLength: columns, maxLength: columns })
  return all.map((rows) => new Set(rows.flatMap((hit, at) => hit.map((row) => row * columns + at))))
}

/**
 * Fields as somebody keys them who slips at a row: from there on their values stand so many rows lower
 * (cells left empty) or higher (cells left out).
 */
export function slip(
  records: TypedRecord[],
  fields: readonly string[],
  row: number,
  shift: number,
): TypedRecord[] {
  return records.map((record, at) => {
    if (at < row) return record
    const from = at - shift
    const source = from < row && shift > 0 ? undefined : records[from]
    const moved = fields.map((name) => [name, source?.[name] ?? typed('')] as const)
    return { ...record, ...Object.fromEntries(moved) }
  })
}
