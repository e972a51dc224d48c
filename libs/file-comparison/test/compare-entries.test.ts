import fc from 'fast-check'
import { t } from 'tap'
import { compareTable, entry, compareRows as inFolder } from './compare-rows.ts'
import { FORM, type Rows, tableOf } from './make-files.ts'

const folder = t.testdir()
const compareRows = (entries: Rows, options?: Parameters<typeof inFolder>[2]) =>
  inFolder(folder, entries, options)
const PAGE_AND_ROW = /^(?<page>.+)r(?<row>\d+)$/u

t.test(
  'O7: the first two different people of a cell are a pair, and the first of what each typed',
  async (t) => {
    const { kept, records, fields, everyPair, notes } = await compareRows([
      entry('i1', 'an', 'fullName', 'Lò Mẩy'),
      entry('i1', 'an', 'fullName', 'Lò May'),
      entry('i1', 'binh', 'fullName', 'LÒ MẨY'),
      entry('i2', 'an', 'fullName', 'Vi Lan'),
      entry('i1', 'chi', 'fullName', 'Lo Mẩy'),
      entry('i1', 'an', 'Họ tên', 'Lò Máy'),
      entry('i2', 'an', 'fullName', 'Vi Lan'),
      entry('i3', 'an', 'colour', 'red'),
    ])
    t.match(
      kept.map(({ name, verdicts }) => [
        name,
        ...verdicts.map(({ first, second }) => `${first}/${second}`),
      ]),
      [['i1', 'Lò Mẩy/LÒ MẨY']],
    )
    t.same(records, { aligned: 1, onlyFirst: 1, onlySecond: 0 })
    t.match(fields, { fullName: { pairs: 1, equivalent: 1 } })
    t.match(everyPair, { fullName: { pairs: 3, equivalent: 1, different: 2 } })
    t.match(notes, [
      '3 entries repeat a cell that the same person had typed already; the first counts',
      '1 entries are of fields that the form does not have: colour',
      '1 cells were typed by one person only, and not compared',
    ])
  },
)

t.test('O15: a ditto mark is what its own typist has above it, where rows are told', async (t) => {
  const form = {
    ...FORM,
    fields: FORM.fields.map((field) =>
      field.name === 'fullName' ? { ...field, dittoFrom: 'record-above' as const } : field,
    ),
  }
  const row = (number: number, an: string, binh: string) => [
    entry(`p1r${number}`, 'an', 'fullName', an),
    entry(`p1r${number}`, 'binh', 'fullName', binh),
  ]
  // In any order, and with a row that nobody typed.
  const entries = [
    ...row(3, '"', 'Vi Hoa'),
    ...row(1, 'Vi Lan', 'Vi Lan'),
    ...row(2, 'nt', 'Vi Lan'),
    ...row(5, '"', 'Vi Lan'),
  ]
  const rulesIn = ({ kept }: Awaited<ReturnType<typeof compareRows>>) =>
    kept.map(({ name, verdicts }) => `${name} ${verdicts[0]?.outcome.rule}`)
  const rows = PAGE_AND_ROW
  using truth = await tableOf(folder, [
    ['item', 'field', 'value'],
    ['p1r2', 'fullName', 'Vi Lan'],
    ['p1r3', 'fullName', 'Vi Hoa'],
  ])
  const followed = await compareRows(entries, { form, rows, truth })
  t.same(rulesIn(followed).toSorted(), [
    'p1r1 identical',
    'p1r2 ditto-resolved',
    'p1r3 value-differs',
    'p1r5 value-differs',
  ])
  t.match(followed.fields, { fullName: { equivalent: 1, different: 2 } })
  t.match(followed.everyPair, { fullName: { equivalent: 1, different: 2 } })
  t.match(followed.accuracy, [
    { annotator: 'an', judged: 2, right: 1 },
    { annotator: 'binh', judged: 2, right: 2 },
  ])
  const unfollowed = await compareRows(entries, { form })
  t.equal(unfollowed.fields['fullName']?.equivalent, 0, 'what is above is not known')
})

t.test('O7: nobody is ever a pair with himself or herself', async (t) => {
  const people = fc.constantFrom('an', 'binh', 'chi')
  const one = fc.tuple(fc.constantFrom('i1', 'i2'), people, fc.constantFrom('a', 'b', 'c'))
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 12 }), async (entries) => {
      // What is typed says who typed it.
      const rows = entries.map(([item, who, value]) =>
        entry(item, who, 'fullName', `${who} ${value}`),
      )
      const { kept, fields, everyPair } = await compareRows(rows)
      for (const { verdicts } of kept) {
        for (const { first, second } of verdicts) t.not(first.split(' ')[0], second.split(' ')[0])
      }
      const peopleOf = (item: string) =>
        new Set(entries.flatMap(([at, who]) => (at === item ? [who] : []))).size
      const counts = ['i1', 'i2'].map(peopleOf)
      t.equal(fields['fullName']?.pairs ?? 0, counts.filter((count) => count > 1).length)
      t.equal(
        everyPair?.['fullName']?.pairs ?? 0,
        counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0),
      )
    }),
    { numRuns: 40 },
  )
})

t.test(
  'O7: two sets may call their items alike, and what is no table of entries is told',
  async (t) => {
    const { kept } = await compareRows([
      ['x', 'i1', 'an', 'fullName', 'A'],
      ['x', 'i1', 'binh', 'fullName', 'A'],
      ['y', 'i1', 'an', 'fullName', 'B'],
      ['y', 'i1', 'binh', 'fullName', 'B'],
    ])
    t.same(
      kept.map(({ name }) => name),
      ['x/i1', 'y/i1'],
    )
    using other = await tableOf(folder, [
      ['item', 'who', 'field', 'value'],
      ['1', '2', '3', '4'],
    ])
    await t.rejects(
      compareTable(other),
      /line 1, column 1: no column annotator; entries need item, annotator/,
    )
  },
)

t.test('O8: pages are found by the names of items, and their columns diagnosed', async (t) => {
  const rows = Array.from({ length: 24 }, (_, at) => at + 1)
  const entries = ['a1', 'a2', 'a3'].flatMap((who) =>
    rows.map((row) =>
      entry(`p7r${row}`, who, 'number', String(1000 + (who === 'a3' ? row - 1 : row))),
    ),
  )
  const { diagnoses, notes } = await compareRows([...entries, entry('odd', 'a1', 'number', '1')], {
    rows: PAGE_AND_ROW,
  })
  t.match(diagnoses, [
    {
      kind: 'row-shift',
      page: 'p7',
      field: 'number',
      fields: ['number'],
      annotator: 'a3',
      shift: -1,
      fitBefore: 0,
      fitAfter: 1,
    },
  ])
  t.ok(notes.includes('1 items have names that --rows does not fit'))
})

t.test('O11: who was right is told by the rules of the form, with the interval', async (t) => {
  using truth = await tableOf(folder, [
    ['item', 'field', 'value'],
    ...Array.from({ length: 10 }, (_, at) => [`i${at}`, 'fullName', `Lò Văn ${'abcdeghikl'[at]}`]),
  ])
  const entries = Array.from({ length: 10 }, (_, at) => {
    const right = `LÒ VĂN ${'ABCDEGHIKL'[at]}`
    return [
      entry(`i${at}`, 'an', 'fullName', right),
      entry(`i${at}`, 'binh', 'fullName', at < 3 ? 'Sai' : right),
      entry(`i${at}`, 'an', 'fullName', 'Sai'),
      entry(`j${at}`, 'chi', 'fullName', right),
    ]
  }).flat()
  const { accuracy } = await compareRows(entries, { truth })
  t.match(accuracy, [
    { annotator: 'binh', judged: 10, right: 7, rate: 0.7 },
    { annotator: 'an', judged: 10, right: 10, rate: 1, high: 1 },
  ])
  // Wilson, 3 wrong of 10: .1078 to .6032.
  t.ok(Math.abs((accuracy?.[0]?.low ?? 0) - 0.3968) < 1e-4)
  t.ok(Math.abs((accuracy?.[0]?.high ?? 0) - 0.8922) < 1e-4)
  using twice = await tableOf(folder, [
    ['item', 'field', 'value'],
    ['i', 'fullName', 'a'],
    ['i', 'fullName', 'b'],
  ])
  await t.rejects(
    compareRows(entries, { truth: twice }),
    /line 3, column 1: a second truth for one cell/,
  )
})
