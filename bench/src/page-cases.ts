import type { FormDefinition, Reading, TypedRecords } from '@songnhap/contracts'
import { type Random, whole } from '@songnhap/samples'

/** Two entries of as many pages, and in what they differ. */
export interface PageCase {
  readonly name: string
  readonly pages: readonly { readonly first: TypedRecords; readonly second: TypedRecords }[]
}

const LETTERS = [...'aăâbcdđeêghiklmnoôơpqrstuưvxy0123456789']
const SMALL_LETTERS = [...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệ']
const WORD = /\p{L}{2,}/gu
const MISSING_ROW = 11
const DIFFERING = 0.05

/**
 * So many pages that no cache of ours has seen a page's values when its turn comes again, while their
 * words are those that registers repeat; and once with words that nobody has ever met.
 */
export function pageCases(
  form: FormDefinition,
  pool: TypedRecords,
  rows: number,
  random: Random,
): PageCase[] {
  const firsts = Array.from({ length: Math.floor(pool.length / rows) }, (_, page) =>
    pool.slice(page * rows, (page + 1) * rows),
  )
  const mapped = (records: TypedRecords, change: (reading: Reading) => Reading) =>
    records.map((record) => mapRecord(form, record, change))
  const withSecond = (second: (copied: TypedRecords, page: number) => TypedRecords) =>
    firsts.map((first, page) => ({ first, second: second(mapped(first, copy), page) }))
  const few = (reading: Reading) =>
    whole(random, 1, 1000) <= DIFFERING * 1000 ? change(random, reading) : reading
  return [
    { name: 'identical', pages: withSecond((copied) => copied) },
    { name: '5 % of the cells differ', pages: withSecond((copied) => mapped(copied, few)) },
    {
      name: '5 % differ, no word ever met before',
      pages: firsts.map((records) => {
        const first = mapped(records, (reading) => inOtherWords(random, reading))
        return { first, second: mapped(mapped(first, copy), few) }
      }),
    },
    { name: 'one record missing', pages: withSecond((copied) => copied.toSpliced(MISSING_ROW, 1)) },
    {
      name: 'one record missing, 5 % differ',
      pages: withSecond((copied) => mapped(copied.toSpliced(MISSING_ROW, 1), few)),
    },
    {
      name: 'all differ',
      pages: withSecond((_, page) => mapped(firsts[(page + 1) % firsts.length] ?? [], copy)),
    },
  ]
}

function mapRecord(
  form: FormDefinition,
  record: TypedRecords[number],
  change: (reading: Reading) => Reading,
) {
  return Object.fromEntries(
    form.fields.map(({ name }) => [name, change(record[name] ?? { value: '', origin: 'typed' })]),
  )
}

/** The same characters in another string, as they come from another entry. */
export function copy(reading: Reading): Reading {
  return { ...reading, value: Buffer.from(reading.value).toString() }
}

/** With another letter somewhere. */
export function change(random: Random, reading: Reading): Reading {
  const letters = [...reading.value]
  const at = whole(random, 0, Math.max(letters.length - 1, 0))
  const changed = [...letters.slice(0, at), pick(random, LETTERS), ...letters.slice(at + 1)]
  return { ...reading, value: changed.join('') }
}

function inOtherWords(random: Random, reading: Reading): Reading {
  const value = reading.value.replace(
    WORD,
    (word) => word.slice(0, 1) + [...word.slice(1)].map(() => pick(random, SMALL_LETTERS)).join(''),
  )
  return { ...reading, value }
}

function pick(random: Random, letters: readonly string[]): string {
  return letters[whole(random, 0, letters.length - 1)] ?? ''
}
