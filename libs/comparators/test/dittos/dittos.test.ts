/** Ditto marks: what they stand for, and how they compare with it. */
import type { FormDefinition, Mark, TypedRecord } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { comparePages, isDitto, resolveDittos, settledForm } from '../../src/index.ts'
import { fieldOf, typed } from '../field-of.ts'

const FORM: FormDefinition = {
  name: 'births',
  version: 1,
  title: { vi: '', en: '' },
  recordsMax: 60,
  fields: [
    fieldOf('name', { name: 'child' }),
    fieldOf('place', { name: 'mother', dittoFrom: 'record-above' }),
    fieldOf('place', { name: 'father', dittoFrom: 'mother' }),
    fieldOf('place', { name: 'plain' }),
  ],
}
type Value = string | readonly [string, Mark]

function row(child: string, mother: Value, father: Value = 'x', plain: Value = 'x'): TypedRecord {
  const [m, f, p] = [mother, father, plain].map((value) =>
    typeof value === 'string' ? typed(value) : typed(...value),
  )
  if (m === undefined || f === undefined || p === undefined) throw new Error('three were given')
  return { child: typed(child), mother: m, father: f, plain: p }
}

const DITTO = ['', 'ditto'] as const
const NAMES = ['Lò Văn Mây', 'Vàng Thị Hoa', 'Hờ A Dí']

function page(...mothers: Value[]): TypedRecord[] {
  return mothers.map((mother, at) => row(NAMES[at] ?? '', mother))
}

function outcomes(a: TypedRecord[], b: TypedRecord[]) {
  return comparePages(FORM, a, b).differences.map(
    ({ record, field, outcome }) => `${record} ${field} ${outcome.class} ${outcome.rule}`,
  )
}

t.test(
  'C29: a ditto mark is the value it repeats, however far above, and settles as it',
  async (t) => {
    const a = page('Nghi Lộc', DITTO, DITTO)
    const b = page('Nghi Lộc', 'NGHI LỘC', DITTO)
    t.same(outcomes(a, b), ['2 mother equivalent ditto-resolved'])
    t.same(outcomes(a, page('Nghi Lộc', 'Nghi Lộc', 'Nghi Lộc')), [
      '2 mother equivalent ditto-resolved',
      '3 mother equivalent ditto-resolved',
    ])
    const [difference] = comparePages(FORM, a, b).differences
    const { readings, meant, outcome } = difference ?? {}
    t.same(readings, [typed('', 'ditto'), typed('NGHI LỘC')], 'readings stay as they were typed')
    t.same(meant?.[0], { value: 'Nghi Lộc' })
    const field = FORM.fields[1]
    if (meant === undefined || outcome === undefined || field === undefined) throw new Error('none')
    t.same(settledForm(field, ...meant, outcome), { value: 'Nghi Lộc' })
  },
)

t.test('C29: another value than the one repeated differs', async (t) => {
  t.same(outcomes(page('Nghi Lộc', DITTO), page('Nghi Lộc', 'Nghi Văn')), [
    '2 mother different value-differs',
  ])
})

t.test('C29: two ditto marks agree, also below what differs', async (t) => {
  t.same(outcomes(page('Nghi Văn', DITTO), page('Nghi Vạn', DITTO)), [
    '1 mother different value-differs',
  ])
  t.same(outcomes(page('Nghi Văn', DITTO), page('Nghi Vạn', '-nt-')), [
    '1 mother different value-differs',
    '2 mother equivalent ditto-resolved',
  ])
})

t.test(
  'C29: a mark may repeat another field of its record, and have its meaning beside it',
  async (t) => {
    const [a, b] = [[row('An', 'Nghi Lộc', DITTO)], [row('An', 'Nghi Lộc', 'Nghi Lộc')]]
    t.same(outcomes(a, b), ['1 father equivalent ditto-resolved'])
    const meaning = [row('An', 'Nghi Lộc', ['Nghi Lộc', 'ditto'])]
    t.same(outcomes(meaning, b), ['1 father equivalent ditto-resolved'])
    t.same(outcomes(meaning, a), ['1 father equivalent ditto-resolved'])
    const both = [...page('Nghi Lộc'), row('An', DITTO, DITTO)]
    t.match(resolveDittos(FORM, both)[1], {
      mother: { value: 'Nghi Lộc' },
      father: { value: 'Nghi Lộc' },
    })
  },
)

t.test('C29: a mark that refers to nothing is a mark', async (t) => {
  t.same(outcomes(page(DITTO), page('Nghi Lộc')), [
    '1 mother value-against-mark value-against-mark',
  ])
  t.same(outcomes(page(DITTO), page(DITTO)), [])
  const plain = (value: Value) => [row('An', 'x'), row('Bình', 'x', 'x', value)]
  t.same(outcomes(plain(DITTO), plain('x')), ['2 plain value-against-mark value-against-mark'])
  const circle = { ...FORM, fields: FORM.fields.map((field) => ({ ...field })) }
  circle.fields = circle.fields.map((field) =>
    field.name === 'mother' ? { ...field, dittoFrom: 'father' } : field,
  )
  const turning = [row('An', DITTO, DITTO)]
  t.same(resolveDittos(circle, turning), turning)
})

t.test('C29: signs count as ditto marks where the form says what they repeat', async (t) => {
  const field = fieldOf('place', { dittoFrom: 'record-above' })
  for (const sign of ['"', '〃', 'nt', '-nt-', 'NT', '- nt -', 'như trên', "''", 'n.t.', 'ditto']) {
    t.ok(isDitto(field, typed(sign)), sign)
    t.notOk(isDitto(fieldOf('place'), typed(sign)), `${sign} in a field that repeats nothing`)
  }
  for (const other of ['', ' ', 'Nt Vinh', 'Như', '-', 'không']) {
    t.notOk(isDitto(field, typed(other)), other)
  }
  t.notOk(isDitto(field, typed('"', 'torn')))
})

const value = fc.constantFrom<Value>('Vinh', 'Lào', DITTO, '"', ['Vinh', 'ditto'], ['', 'blank'])
const anyPage = fc
  .array(fc.tuple(value, value), { maxLength: 5 })
  .map((rows) => rows.map(([mother, father], at) => row(NAMES[at % 3] ?? '', mother, father)))

t.test('C29: following marks twice finds nothing more, and changes no reading', async () => {
  fc.assert(
    fc.property(anyPage, (records) => {
      const before = JSON.stringify(records)
      const once = resolveDittos(FORM, records)
      const twice = resolveDittos(FORM, once)
      const kept = JSON.stringify(records) === before && once.length === records.length
      return kept && JSON.stringify(twice) === JSON.stringify(once)
    }),
  )
})

t.test('C6, C29: pages with ditto marks in the other order differ in the same places', async () => {
  fc.assert(
    fc.property(anyPage, anyPage, (a, b) => {
      fc.pre(a.length === b.length)
      return JSON.stringify(outcomes(a, b)) === JSON.stringify(outcomes(b, a))
    }),
  )
})
