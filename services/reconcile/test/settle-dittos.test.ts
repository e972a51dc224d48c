/** Ditto marks and fields of one person, from two readings to what is settled and who was right. */
import type { FormDefinition, Reading, TypedRecords, Verdict } from '@songnhap/contracts'
import { SMALL_FORM } from '@songnhap/testkit'
import { t } from 'tap'
import { judgeReadings } from '../src/accuracy/judge-readings.ts'
import { openQuestions } from '../src/arbitration-assignment.ts'
import type { PageCase } from '../src/page-case.ts'
import { caseOf, rule } from './case-of.ts'

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

/** The case of two entries, its questions all ruled on by the same verdict. */
function ruled(a: TypedRecords, b: TypedRecords, verdict?: Verdict): PageCase {
  const page = caseOf(a, b, { form: FORM })
  const rulings = openQuestions(page, false).map(({ questionId }) => ({
    questionId,
    verdict: verdict ?? 'both',
  }))
  return verdict === undefined ? page : rule(page, rulings)
}

function settled({ state }: PageCase) {
  if (state.kind !== 'settled') throw new Error(`the page is ${state.kind}`)
  return state.records
}

t.test('C29: a ditto mark settles as what it repeats, whoever gave it', async (t) => {
  const records = settled(
    ruled(
      page([typed('Nghi Văn'), DITTO, DITTO], true),
      page([typed('Nghi Văn'), typed('Nghi Văn'), DITTO], false),
    ),
  )
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
    const ruledPage = ruled(a, b, 'second')
    const records = settled(ruledPage)
    t.same(
      records.map(({ values }) => values['village']?.value),
      ['Nghi Vạn', 'Nghi Vạn', 'Nghi Vạn'],
    )
    const [first, second] = judgeReadings(ruledPage.compared, records)
    t.match(first?.errors, [{ field: { name: 'village' } }], 'in the record that was misread')
    t.equal(first?.errors.length, 1)
    t.same(second?.errors, [])
  },
)

t.test('C12: a ditto mark where something else stands is an error', async (t) => {
  const ruledPage = ruled(
    page([typed('Nghi Văn'), DITTO], true),
    page([typed('Nghi Văn'), typed('Nghi Lộc')], false),
    'second',
  )
  const [first] = judgeReadings(ruledPage.compared, settled(ruledPage))
  t.match(first?.errors, [{ field: { name: 'village' } }])
  t.equal(first?.errors.length, 1)
})

t.test('C30: what one person keyed is settled as it is', async (t) => {
  const [record] = settled(ruled(page([typed('Nghi Văn')], false), page([typed('Nghi Văn')], true)))
  t.same(record?.values['note'], {
    value: 'x',
    how: 'single',
    class: 'identical',
    rule: 'single-entry',
  })
})
