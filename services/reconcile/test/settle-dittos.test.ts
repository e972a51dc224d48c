/** Ditto marks and fields of one person, from two readings to what is settled and who was right. */
import { comparePages, inPairs } from '@songnhap/comparators'
import type { FormDefinition, Reading, TypedRecords } from '@songnhap/contracts'
import { SMALL_FORM } from '@songnhap/testkit'
import { t } from 'tap'
import { judgeReadings } from '../src/judge-readings.ts'
import { type Compared, type PlacedRuling, settlePage } from '../src/settle-page.ts'

const [NAME] = SMALL_FORM.fields
if (NAME === undefined) throw new Error('the form has fields')
const FORM: FormDefinition = {
  ...SMALL_FORM,
  recordsMax: 5,
  fields: [
    { ...NAME, name: 'person', kind: 'name' },
    { ...NAME, name: 'village', kind: 'place', dittoFrom: 'record-above' },
    { ...NAME, name: 'note', kind: 'text', entry: 'single' },
  ],
}
const NAMES = ['Lò Văn Mây', 'Vàng Thị Hoa', 'Hờ A Dí']
const DITTO: Reading = { value: '', mark: 'ditto', origin: 'typed' }
const typed = (value: string): Reading => ({ value, origin: 'typed' })

function page(villages: readonly Reading[], withNotes: boolean): TypedRecords {
  return villages.map((village, at) => ({
    person: typed(NAMES[at] ?? ''),
    village,
    ...(withNotes ? { note: typed('x') } : {}),
  }))
}

function compare(a: TypedRecords, b: TypedRecords): Compared {
  const comparison = comparePages(FORM, a, b)
  const readings = [inPairs(comparison.pairs, 0, a), inPairs(comparison.pairs, 1, b)] as const
  return { form: FORM, readings, ...comparison }
}

function settle(compared: Compared, rulings: readonly PlacedRuling[] = []) {
  const state = settlePage(compared, rulings)
  if (state.kind === 'open') throw new Error('the page is open')
  return state.records
}

t.test('C29: a ditto mark settles as what it repeats, whoever gave it', async (t) => {
  const compared = compare(
    page([typed('Nghi Văn'), DITTO, DITTO], true),
    page([typed('Nghi Văn'), typed('Nghi Văn'), DITTO], false),
  )
  const records = settle(compared)
  t.same(
    records.map(({ values }) => values['village']),
    [
      { value: 'Nghi Văn', how: 'agreed', class: 'identical', rule: 'identical' },
      { value: 'Nghi Văn', how: 'agreed', class: 'equivalent', rule: 'ditto-resolved' },
      { value: 'Nghi Văn', how: 'agreed', class: 'identical', rule: 'same-mark' },
    ],
  )
})

t.test(
  'C12, C29: below what was ruled on, a ditto mark repeats the ruling and is right',
  async (t) => {
    const [a, b] = [
      page([typed('Nghi Văn'), DITTO, DITTO], true),
      page([typed('Nghi Vạn'), DITTO, DITTO], false),
    ]
    const compared = compare(a, b)
    const records = settle(compared, [{ record: 1, field: 'village', verdict: 'second' }])
    t.same(
      records.map(({ values }) => values['village']?.value),
      ['Nghi Vạn', 'Nghi Vạn', 'Nghi Vạn'],
    )
    const [first, second] = compared.readings.map((side) => judgeReadings(FORM, side, records))
    t.match(first, { wrong: ['village'] }, 'one error, in the record that was misread')
    t.equal(first?.wrong.length, 1)
    t.match(second, { wrong: [] })
  },
)

t.test('C12: a ditto mark where something else stands is an error', async (t) => {
  const compared = compare(
    page([typed('Nghi Văn'), DITTO], true),
    page([typed('Nghi Văn'), typed('Nghi Lộc')], false),
  )
  const records = settle(compared, [{ record: 2, field: 'village', verdict: 'second' }])
  const [first] = compared.readings.map((side) => judgeReadings(FORM, side, records))
  t.same(first?.wrong, ['village'])
})

t.test('C30: what one person keyed is settled as it is', async (t) => {
  const [record] = settle(
    compare(page([typed('Nghi Văn')], false), page([typed('Nghi Văn')], true)),
  )
  t.same(record?.values['note'], {
    value: 'x',
    how: 'agreed',
    class: 'identical',
    rule: 'single-entry',
  })
})
