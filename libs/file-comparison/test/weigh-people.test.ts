import { t } from 'tap'
import { summarise } from '../src/index.ts'
import { entry, compareRows as inFolder } from './compare-rows.ts'
import { type Rows, tableOf } from './make-files.ts'

const folder = t.testdir()
const compareRows = (entries: Rows, options?: Parameters<typeof inFolder>[2]) =>
  inFolder(folder, entries, options)

/** What three people typed, of whom `an` is careful; `value(at, way)` is right in the way 0. */
async function weighed(field: string, value: (at: number, way: number) => string) {
  const items = Array.from({ length: 60 }, (_, at) => ({ item: `i${at}`, at }))
  using truth = await tableOf(folder, [
    ['item', 'field', 'value'],
    ...items.map(({ item, at }) => [item, field, value(at, 0)]),
  ])
  const entries = items.flatMap(({ item, at }) => [
    entry(item, 'chi', field, value(at, at % 2 === 0 ? 1 : 0)),
    entry(item, 'dung', field, value(at, at % 3 === 0 ? 2 : 0)),
    entry(item, 'an', field, value(at, 0)),
  ])
  return (await compareRows(entries, { form: null, truth, dawidSkene: true })).dawidSkene
}

t.test('O14: who errs often is believed less than who does not', async (t) => {
  const codes = ['Kinh', 'Thái', 'Thổ']
  const coded = await weighed('ethnicity', (at, way) => codes[(at + way) % 3] ?? '')
  t.match(coded, { judged: 60, majorityAccuracy: 50 / 60, fields: { ethnicity: 'confusions' } })
  const text = await weighed('name', (at, way) => `Lò ${at} ${way}`)
  t.match(text, { judged: 60, majorityAccuracy: 50 / 60, ties: 10, fields: { name: 'one-rate' } })
  t.equal(coded?.accuracy, 1)
  t.equal(text?.accuracy, 1)
})

t.test(
  'O14: what ties is settled by what was typed first, and without truth nothing is said',
  async (t) => {
    const entries = [
      entry('i1', 'an', 'name', 'Lò'),
      entry('i1', 'binh', 'name', 'Lô'),
      entry('i2', 'an', 'name', 'Vi  Lan'),
      entry('i2', 'binh', 'name', 'Vi Lan'),
    ]
    const truthOf = async (...rows: Rows) =>
      await tableOf(folder, [['item', 'field', 'value'], ...rows])
    using truth = await truthOf(['i1', 'name', 'Lò'], ['i2', 'name', 'Vi Lan'])
    const options = { form: null, truth, dawidSkene: true }
    const { dawidSkene } = await compareRows(entries, options)
    t.match(dawidSkene, { judged: 2, majorityAccuracy: 1, ties: 1, fields: { name: 'confusions' } })
    using none = await truthOf(['i9', 'name', 'Lò'])
    const empty = await compareRows(entries, { ...options, truth: none })
    t.match(empty.dawidSkene, { judged: 0, accuracy: null, chosen: { low: 0, high: 1 } })
    t.match(summarise(empty), /0 cells without a majority/)
    t.equal((await compareRows(entries, { form: null, truth })).dawidSkene, undefined)
  },
)
