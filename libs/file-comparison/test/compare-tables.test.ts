import type { FormDefinition } from '@songnhap/contracts'
import { TableError } from '@songnhap/tables'
import fc from 'fast-check'
import { t } from 'tap'
import { compareTables } from '../src/index.ts'
import { FORM, keepRecords, manyRows, PEOPLE, type Rows, tableOf } from './make-files.ts'

const folder = t.testdir()

interface Options {
  readonly form?: FormDefinition | null
  readonly key?: string
  readonly page?: string
}

async function compare(a: Rows, b: Rows, { form = FORM, ...options }: Options = {}) {
  using first = await tableOf(folder, a)
  using second = await tableOf(folder, b)
  const sink = keepRecords()
  const result = await compareTables({ first, second, form, ...options }, sink)
  return { ...result, kept: sink.records }
}

/** Which line of the first file is which of the second. */
async function linesPaired(a: Rows, b: Rows, options?: Options) {
  return (await compare(a, b, options)).kept.map(({ from }) =>
    from.map((line) => line ?? '-').join('='),
  )
}

const HEAD = ['number', 'fullName', 'birthDate']
t.test('O1: columns are known by name or label, whatever case, blanks and order', async (t) => {
  const a = [['SỐ', 'Full_Name', 'Ngày  sinh', 'note'], ...PEOPLE.map((cells) => [...cells, 'x'])]
  const b = [
    ['date of birth', 'họ tên'.normalize('NFD'), 'Number'],
    ...PEOPLE.map(([number = '', name = '', date = '']) => [date, name, number]),
  ]
  const result = await compare(a, b)
  t.same(Object.keys(result.fields), HEAD)
  t.same(result.records, { aligned: 4, onlyFirst: 0, onlySecond: 0 })
  t.ok(Object.values(result.fields).every(({ pairs, identical }) => pairs === 4 && identical === 4))
  t.match(result.notes, [/table-\d+\.csv: not compared: note/])
  t.match(result.form, { name: 'small-register', version: 3, inferred: false })

  const less = await compare([HEAD, ...PEOPLE], [HEAD.slice(0, 2), ['1', 'Lò Văn Mẩy']])
  t.same(Object.keys(less.fields), ['number', 'fullName'])
  t.match(less.notes, [/table-\d+\.csv: no column for birthDate$/])
  await t.rejects(compare([['a'], ['1']], [['a'], ['1']]), /no column of the form is in every file/)
})

t.test('O1: without a form every common column is a text, and it is said', async (t) => {
  const result = await compare(
    [
      ['Họ Tên', 'x'],
      ['An', '1'],
    ],
    [
      ['họ tên', 'y'],
      ['an', '2'],
    ],
    {
      form: null,
    },
  )
  t.same(result.form, { name: 'inferred', version: 1, inferred: true })
  t.match(result.fields, { 'Họ Tên': { pairs: 1, variant: 1 } })
  t.match(result.notes, [/not compared: x/, /not compared: y/])
  await t.rejects(compare([['a'], ['1']], [['b'], ['1']], { form: null }), TableError)
})

t.test('O2: with a key records are joined in any order', async (t) => {
  const b = [HEAD, PEOPLE[3], ['9', 'Mới', '1'], PEOPLE[0], ['8', 'Mới', '2'], PEOPLE[1]] as Rows
  const paired = await linesPaired([HEAD, ...PEOPLE], b, { key: 'Số' })
  t.same(paired, ['2=4', '-=5', '3=6', '4=-', '5=2', '-=3'])
  const { kept, records } = await compare([HEAD, ...PEOPLE], b, { key: 'number' })
  t.same(
    kept.map(({ name }) => name),
    ['1', '8', '2', '3', '4', '9'],
  )
  t.same(records, { aligned: 3, onlyFirst: 1, onlySecond: 2 })
})

t.test('O2: a key that names no row, or two, is refused with its lines', async (t) => {
  const twice = [HEAD, ...PEOPLE, ['2', 'x', 'y'], ['', 'x', 'y']]
  await t.rejects(compare([HEAD, ...PEOPLE], twice, { key: 'number' }), /no number on line 7;/)
  await t.rejects(
    compare([HEAD, ...PEOPLE], twice.slice(0, 6), { key: 'number' }),
    /the same number more than once, on lines 3, 6;/,
  )
  await t.rejects(compare([HEAD, ...PEOPLE], twice, { key: 'nobody' }), /no column nobody, the key/)
})

t.test(
  'O3: rows left out and added are told, and others are compared with their like',
  async (t) => {
    const b = [HEAD, PEOPLE[0], PEOPLE[2], PEOPLE[3], ['5', 'Hà Văn Tư', '9/9/1999']] as Rows
    t.same(await linesPaired([HEAD, ...PEOPLE], b), ['2=2', '3=-', '4=3', '5=4', '-=5'])
    t.same(await linesPaired([HEAD, ...PEOPLE], [HEAD]), ['2=-', '3=-', '4=-', '5=-'])
  },
)

t.test('O3: large tables are held together by rows, contents and single values', async (t) => {
  const rows = manyRows(400)
  const without = (...left: number[]) => rows.filter((_, row) => !left.includes(row))
  const expected = rows.map((_, row) => `${row + 2}=${row < 100 ? row + 2 : row + 1}`)
  expected[100] = '102=-'
  const mappings: Record<string, (cells: string[]) => string[]> = {
    'same values': (cells) => cells,
    'same content': ([number = '', name = '', date = '']) => [
      number,
      name.toUpperCase(),
      date.replaceAll('/', '-'),
    ],
    'single values': ([number = '', name = '']) => [number, name, '1/1/1900'],
  }
  for (const [name, change] of Object.entries(mappings)) {
    t.same(await linesPaired([HEAD, ...rows], [HEAD, ...without(100).map(change)]), expected, name)
  }
  const strangers = rows.map((_, row) => [`x${row}y`, `Khác hẳn ${row}`, '1900'])
  const { notes, records } = await compare([HEAD, ...rows], [HEAD, ...strangers])
  t.equal(records.aligned, 400)
  t.match(notes, [/^400 rows were compared near their places/])
})

t.test('O3: every row comes out once, in the order of its file', async (t) => {
  const row = fc.constantFrom(...manyRows(12))
  const rows = fc.array(row, { maxLength: 120 })
  await fc.assert(
    fc.asyncProperty(rows, rows, async (a, b) => {
      const { kept } = await compare([HEAD, ...a], [HEAD, ...b])
      for (const [side, all] of [a, b].entries()) {
        const lines = kept.flatMap(({ from }) => from[side] ?? [])
        t.same(
          lines,
          all.map((_, at) => String(at + 2)),
        )
      }
    }),
    { numRuns: 25 },
  )
})

t.test('O4: outcomes are counted by field and by rule, and add up', async (t) => {
  const b = [
    ['1', 'LÒ VĂN MẨY', '01.02.1985'],
    ['2', 'Nguyễn Thị Hoa', ''],
    ['3', 'Vi T. Lan', '5/6/87'],
    ['4', '', '7/8/1988'],
    ['', '', '5/5/1955'],
  ]
  const { fields, rules, kept } = await compare(
    [HEAD, ...PEOPLE, ['', ' ', '5/5/1955']],
    [HEAD, ...b],
  )
  t.match(fields, {
    number: { pairs: 5, identical: 5 },
    fullName: {
      pairs: 5,
      identical: 0,
      equivalent: 2,
      variant: 1,
      different: 1,
      marks: 1,
      accepted: 2,
    },
    birthDate: { pairs: 5, identical: 2, equivalent: 1, variant: 1, marks: 1, accepted: 3 },
  })
  for (const { pairs, identical, equivalent, variant, different, marks } of Object.values(fields)) {
    t.equal(identical + equivalent + variant + different + marks, pairs)
  }
  t.match(
    rules.find(({ rule }) => rule === 'case-ignored'),
    { outcome: 'equivalent', accepted: true, pairs: 1 },
  )
  t.match(
    rules.find(({ rule }) => rule === 'abbreviation'),
    { outcome: 'variant', accepted: false, pairs: 1 },
  )
  t.equal(
    rules.reduce((sum, { pairs }) => sum + pairs, 0),
    15,
  )
  t.match(
    kept[0]?.verdicts.map(({ settled }) => settled),
    ['1', 'Lò Văn Mẩy', '01.02.1985'],
  )
  t.match(
    kept[1]?.verdicts.map(({ settled }) => settled),
    ['2', null, null],
  )
})

/** The second file's names stand a row lower from one row on, up to another. */
function slipped(rows: readonly string[][], from: number, to: number): string[][] {
  return rows.map((cells, row) =>
    row >= from && row < to ? cells.with(1, rows[row - 1]?.[1] ?? '') : cells,
  )
}

t.test('O13: what has one cause is told: by page, or in a table of any length', async (t) => {
  const pages = manyRows(75).map((cells, row) => [...cells, `p${Math.floor(row / 25)}`])
  const head = [...HEAD, 'trang']
  const byPage = await compare([head, ...pages], [head, ...slipped(pages, 30, 45)], {
    page: 'Trang',
  })
  t.match(byPage.diagnoses, [
    { kind: 'row-shift', page: 'p1', fields: ['fullName'], fromRow: 6, shift: 1 },
  ])
  const many = manyRows(1000)
  const inTable = await compare([HEAD, ...many], [HEAD, ...slipped(many, 520, 640)])
  t.equal(inTable.diagnoses.length, 1)
  t.match(inTable.diagnoses, [{ kind: 'row-shift', fields: ['fullName'], shift: 1 }])
  const [{ fromRow = 0, toRow = 0 } = {}] = inTable.diagnoses
  t.ok(Math.abs(fromRow - 520) <= 3 && Math.abs(toRow - 640) <= 3, `${fromRow} to ${toRow}`)
  t.same((await compare([HEAD, ...many], [HEAD, ...many])).diagnoses, [])
  await t.rejects(compare([HEAD, ...many], [HEAD, ...many], { page: 'x' }), /no column x, the page/)
})
