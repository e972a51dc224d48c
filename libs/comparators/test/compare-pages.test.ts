import type { FormDefinition, Reading } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { comparePages, type Difference, diagnosePage, RULE_VERSION } from '../src/index.ts'
import { anyField, anyReading } from './any-content.ts'

const label = { vi: 'Nhãn', en: 'Label' }
const FORM: FormDefinition = {
  name: 'small-register',
  version: 1,
  title: label,
  recordsMax: 60,
  fields: [
    { name: 'childName', kind: 'name', label, lengthMax: 120 },
    { name: 'bornOn', kind: 'date', label, lengthMax: 40 },
  ],
}

const reading = fc.constantFrom('Mây', 'Mây ', 'Mấy').map(typed)
const page = fc.array(fc.record({ childName: reading, bornOn: reading }), { maxLength: 4 })

function typed(value: string): Reading {
  return { value, origin: 'typed' }
}

function recordOf(name: string, born = '1/2/1985') {
  return { childName: typed(name), bornOn: typed(born) }
}

/** Records that are alone side by side are counted from the first entry on, so places may differ. */
function withoutPlaces(differences: readonly Difference[]): string[] {
  return differences.map((difference) => JSON.stringify({ ...difference, record: 0 })).sort()
}

function turned({ readings: [a, b], present: [inA, inB], ...rest }: Difference): Difference {
  return { ...rest, readings: [b, a], present: [inB, inA] }
}

t.test(
  'C9: records are compared as they are paired, and every pair of fields counts',
  async (t) => {
    const a = [recordOf('Lò Văn Mây'), recordOf('Vàng Thị Hoa')]
    const b = [recordOf('Lò Văn  Mây'), recordOf('Vàng Thị Hoá')]
    const comparison = comparePages(FORM, a, b)
    t.match(comparison, { ruleVersion: RULE_VERSION, fields: 4, records: 2 })
    t.match(comparison.differences, [
      { record: 1, field: 'childName', outcome: { class: 'equivalent' }, present: [true, true] },
      { record: 2, field: 'childName', outcome: { class: 'different' }, present: [true, true] },
    ])
    t.equal(comparison.differences.length, 2)
    t.same(comparison.differences[1]?.readings, [typed('Vàng Thị Hoa'), typed('Vàng Thị Hoá')])
  },
)

t.test('C9: a record left out in mid-page does not make the following ones differ', async (t) => {
  const all = [
    recordOf('Lò Văn Mây'),
    recordOf('Vàng Thị Hoa', '1990'),
    recordOf('Hờ A Dí', '3/1978'),
  ]
  const [first, , third] = all
  if (first === undefined || third === undefined) throw new Error('three records were made')
  const { differences, fields, records, pairs } = comparePages(FORM, all, [
    first,
    { ...third, childName: typed('Hờ A Di') },
  ])
  t.same({ fields, records }, { fields: 4, records: 3 })
  t.same(pairs, [
    [0, 0],
    [1, null],
    [2, 1],
  ])
  t.match(differences, [
    { record: 2, field: null, present: [true, false] },
    { record: 2, field: 'childName' },
    { record: 2, field: 'bornOn' },
    { record: 3, field: 'childName', readings: [{ value: 'Hờ A Dí' }, { value: 'Hờ A Di' }] },
  ])
  t.equal(differences.length, 4)
})

t.test(
  'C9: lines in one place of the page are one record, however unlike they were read',
  async (t) => {
    const [an, hoa] = [recordOf('Lò Văn Mây'), recordOf('Vàng Thị Hoa', '1990')]
    const other = recordOf('Đặng Quốc Khánh', '31/12/2004')
    const { differences, pairs } = comparePages(FORM, [an, hoa], [an, other])
    t.equal(pairs, null)
    t.match(differences, [
      { record: 2, field: 'childName', outcome: { class: 'different' } },
      { record: 2, field: 'bornOn', outcome: { class: 'different' } },
    ])
    const more = comparePages(FORM, [an, hoa, recordOf('Hờ A Dí', '3/1978')], [hoa, other])
    t.same(more.pairs, [
      [0, null],
      [1, 0],
      [2, 1],
    ])
  },
)

t.test('C9: where another pairing is nearly as good, records are compared by place', async (t) => {
  const twin = recordOf('Lò Văn Mây')
  t.equal(comparePages(FORM, [twin, twin, twin], [twin, twin]).pairs, null)
})

t.test('C9: two pages without records agree', async (t) => {
  t.match(comparePages(FORM, [], []), { fields: 0, records: 0, differences: [] })
})

t.test(
  'C10: a record of one reader only is a difference, and so is each of its fields',
  async (t) => {
    const [first, second] = [recordOf('Lò Văn Mây'), recordOf('Vàng Thị Hoa', '')]
    const { fields, records, differences } = comparePages(FORM, [first], [first, second])
    t.same(
      { fields, records, differences: differences.length },
      { fields: 2, records: 2, differences: 3 },
    )

    const expected = { record: 2, outcome: { class: 'row-missing' }, present: [false, true] }
    t.match(differences, [
      { ...expected, field: null, readings: [null, null] },
      { ...expected, field: 'childName', readings: [null, typed('Vàng Thị Hoa')] },
      { ...expected, field: 'bornOn', readings: [null, typed('')] },
    ])
  },
)

const anyForm = fc
  .uniqueArray(anyField, { minLength: 1, maxLength: 4, selector: ({ kind }) => kind })
  .map((fields): FormDefinition => {
    const named = fields.map((field, at) => ({
      ...field,
      name: at === 0 ? 'constructor' : `f${at}`,
    }))
    return { ...FORM, fields: named.map((field) => ({ ...field, dittoFrom: 'record-above' })) }
  })
const anyPages = anyForm.chain((form) => {
  const record = fc.record(Object.fromEntries(form.fields.map(({ name }) => [name, anyReading])))
  const page = fc.array(record, { maxLength: 7 })
  return fc.tuple(fc.constant(form), page, page)
})

t.test('C1, C18: no page of any content throws, and what was typed stays', async () => {
  fc.assert(
    fc.property(anyPages, ([form, a, b]) => {
      const before = JSON.stringify([a, b])
      const { records, pairs } = comparePages(form, a, b)
      diagnosePage(form, a, b)
      const all = pairs?.length ?? Math.max(a.length, b.length)
      return JSON.stringify([a, b]) === before && records === all
    }),
    { numRuns: 500 },
  )
})

t.test('C6: pages in the other order differ in the same places', async (t) => {
  fc.assert(
    fc.property(page, page, (a, b) => {
      const { differences } = comparePages(FORM, a, b)
      const back = comparePages(FORM, b, a).differences.map(turned)
      t.same(withoutPlaces(back), withoutPlaces(differences))
    }),
    { numRuns: 100 },
  )
})

t.test('C9, C10: counts follow from the lengths of the pages', async () => {
  fc.assert(
    fc.property(page, page, (a, b) => {
      const { fields, records, differences } = comparePages(FORM, a, b)
      const missing = differences.filter(({ outcome }) => outcome.class === 'row-missing').length
      return (
        records >= Math.max(a.length, b.length) &&
        fields === (a.length + b.length - records) * FORM.fields.length &&
        missing === (2 * records - a.length - b.length) * (FORM.fields.length + 1) &&
        differences.length - missing <= fields
      )
    }),
  )
})

t.test('C11: a record that does not fit its form is a fault, not a difference', async (t) => {
  const half = { childName: typed('An') }
  t.throws(() => comparePages(FORM, [half], [half]), {
    message: 'a record has no reading of bornOn',
  })
})
