import type { CheckCondition, CheckRule, FormDefinition, TypedRecord } from '@songnhap/contracts'
import { MARKS } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { checkFields, findFormProblems, type UnitLookup } from '../src/index.ts'
import { form, formWith, found, label, marked, recordOf, type Short } from './checked-register.ts'

const RULES: readonly CheckRule[] = [
  { kind: 'in-order', earlier: 'born', later: 'registered' },
  { kind: 'time-between', from: 'born', to: 'registered', daysMax: 1, yearsMin: 1 },
  { kind: 'real-date', field: 'born' },
  { kind: 'words-equal-digits', words: 'words', digits: 'born' },
  { kind: 'year-of-book', date: 'registered', book: 'book' },
  { kind: 'identity-number', number: 'person', sex: 'sex', born: 'born' },
  { kind: 'family-name', field: 'name', sameAsOneOf: ['mother', 'father'] },
  { kind: 'without-words', field: 'name', words: ['Thị'] },
  { kind: 'empty', fields: ['mother'] },
  { kind: 'filled', fields: ['mother'] },
  { kind: 'between', field: 'age', min: 1 },
  { kind: 'ascending', field: 'number' },
  { kind: 'unique', field: 'name', with: ['born'] },
  { kind: 'differ', fields: ['mother', 'father'] },
  { kind: 'unit-on-date', place: 'place', date: 'registered' },
]

t.test('F16: a finding names record, check and fields, with the words of the form', async (t) => {
  const order: CheckRule = { kind: 'in-order', earlier: 'born', later: 'registered' }
  const record = recordOf({ born: '2.1.2001', registered: '1.1.2001' })
  t.same(checkFields(formWith(order), [recordOf({}), record]), [
    {
      record: 2,
      check: 'check',
      severity: 'warning',
      message: label,
      fields: ['born', 'registered'],
      detail: [],
    },
  ])
})

t.test('F25, F26: in-order speaks only where it is so whatever is unknown', async (t) => {
  const order: CheckRule = { kind: 'in-order', earlier: 'born', later: 'registered' }
  const says = (born: string, registered: string) => found(order, [{ born, registered }]).length
  t.equal(says('2.1.2001', '1.1.2001'), 1)
  t.equal(says('1.1.2001', '1.1.2001'), 0)
  t.equal(says('2001', '1.1.2001'), 0, 'the year may have begun with it')
  t.equal(says('2002', '31/12/2001'), 1)
  t.equal(says('3.2001', '1.4.2001'), 0)
  t.equal(says('ngày mồng 2 tháng giêng năm 2001', '1-1-2001'), 1)
  for (const unclear of ['2.1.02', '2.1.?', '31.2.2002', '2.1.2002 âm lịch', '45 tuổi', 'Lò']) {
    t.equal(says(unclear, '1.1.2001'), 0, 'says nothing of what it does not understand')
  }
})

t.test('F26: time-between counts days and whole years', async (t) => {
  const between = (more: object, born: string, registered: string) =>
    found({ kind: 'time-between', from: 'born', to: 'registered', ...more }, [{ born, registered }])
  t.same(between({ daysMax: 60 }, '1.1.2001', '2.3.2001'), [])
  t.same(between({ daysMax: 60 }, '1.1.2001', '3.3.2001'), ['1 too-many-days'])
  t.same(between({ daysMax: 60 }, '2.2001', '1.5.2001'), ['1 too-many-days'])
  t.same(between({ daysMax: 60 }, '1.2001', '1.3.2001'), [])
  t.same(between({ daysMin: 2 }, '28.2.2000', '29.2.2000'), ['1 too-few-days'])
  t.same(between({ yearsMin: 12 }, '2.5.1990', '1.5.2002'), ['1 too-few-years'])
  t.same(between({ yearsMin: 12 }, '1.5.1990', '1.5.2002'), [])
  t.same(between({ yearsMin: 12 }, '1990', '1.1.2002'), [])
  t.same(between({ yearsMin: 12 }, '1990', '2001'), ['1 too-few-years'])
  t.same(between({ yearsMax: 60 }, '31.12.1900', '1.1.1961'), [])
  t.same(between({ yearsMax: 60 }, '1900', '31.12.1961'), ['1 too-many-years'])
})

t.test('F26: real-date knows the calendar', async (t) => {
  const says = (born: string) => found({ kind: 'real-date', field: 'born' }, [{ born }])
  t.same(says('31/2/1985'), ['1 impossible-date'])
  t.same(says('29.2.2001'), ['1 impossible-date'])
  for (const fine of ['29.2.2000', '1985', '02.1985', 'hai tuổi']) t.same(says(fine), [])
})

t.test('F26: words-equal-digits takes all ways to say a date', async (t) => {
  const rule: CheckRule = { kind: 'words-equal-digits', words: 'words', digits: 'born' }
  const says = (words: string, born: string) => found(rule, [{ words, born }])
  t.same(says('Ngày mồng năm tháng giêng năm hai nghìn không trăm linh tám', '5.1.2008'), [])
  t.same(says('Ngày năm tháng một năm hai ngàn lẻ tám', '05/01/2008'), [])
  t.same(says('Ngày năm tháng một năm hai ngàn lẻ chín', '05/01/2008'), ['1'])
  t.same(says('không rõ', '05/01/2008'), [])
})

t.test('F26: year-of-book allows the year of the book and the next', async (t) => {
  const rule: CheckRule = { kind: 'year-of-book', date: 'registered', book: 'book' }
  const says = (registered: string, book: string) => found(rule, [{ registered, book }])
  t.same(says('5.5.2017', '01/2017'), [])
  t.same(says('5.5.2018', 'Quyển số 01/2017'), [])
  t.same(says('5.5.2019', '01/2017'), ['1'])
  t.same(says('5.5.2016', '01/2017'), ['1'])
  t.same(says('5.5.1912', '1909-1930'), [], 'a book of many years')
  t.same(says('5.5.2016', '01'), [])
})

t.test('F27: identity-number holds sex and year of birth against the number', async (t) => {
  const rule: CheckRule = { kind: 'identity-number', number: 'person', sex: 'sex', born: 'born' }
  const says = (values: Short) => found(rule, [values])
  t.same(says({ person: '040 203 000001', sex: 'Nam', born: '1.1.2003' }), [])
  t.same(says({ person: '040203000001', sex: 'Gái', born: '2004' }), [
    '1 other-sex other-birth-year',
  ])
  t.same(says({ person: '003203000001' }), ['1 unknown-province'])
  t.same(says({ person: '18012345' }), ['1 not-9-or-12-digits'])
  const wife: CheckRule = { kind: 'identity-number', number: 'person', sexIs: 'female' }
  t.same(found(wife, [{ person: '040203000001' }]), ['1 other-sex'])
})

t.test('F27: family-name looks at the first word of names that are there', async (t) => {
  const rule: CheckRule = { kind: 'family-name', field: 'name', sameAsOneOf: ['mother', 'father'] }
  const says = (values: Short) => found(rule, [values])
  t.same(says({ name: 'LÒ Văn Mây', mother: 'Vi Thị Hoa', father: 'Lò Văn Bốn' }), [])
  t.same(says({ name: 'Lo Văn Mây', mother: 'Vi Thị Hoa', father: 'Lò Văn Bốn' }), ['1'])
  t.same(says({ name: 'Lò Văn Mây', mother: 'Vi Thị Hoa' }), ['1'])
  t.same(says({ name: 'Lò Văn Mây', mother: 'Vi Thị Hoa', father: marked('illegible') }), [])
  t.same(says({ name: 'Lò Văn Mây' }), [])
})

t.test('F27: without-words takes whole words, in any case', async (t) => {
  const rule: CheckRule = { kind: 'without-words', field: 'father', words: ['Thị'] }
  const says = (father: string) => found(rule, [{ father }])
  t.same(says('Vi THỊ Hoa'), ['1'])
  t.same(says('Lò Văn Thịnh'), [])
  t.same(says('Lò Văn Thi'), [])
})

t.test('F28: empty and filled ask whether anything is written', async (t) => {
  const fields = ['mother', 'father']
  const empty = (values: Short) => found({ kind: 'empty', fields }, [values]).length
  const filled = (values: Short) => found({ kind: 'filled', fields }, [values]).length
  t.equal(empty({}), 0)
  t.equal(empty({ mother: '' }), 0)
  t.equal(empty({ mother: 'Vi Thị Hoa' }), 1)
  t.equal(empty({ mother: marked('illegible') }), 1)
  t.equal(empty({ mother: marked('torn') }), 0)
  t.equal(filled({}), 1)
  t.equal(filled({ mother: marked('torn') }), 0)
  t.equal(filled({ father: marked('ditto') }), 0)
  const bare = recordOf({})
  const { mother: _, ...without } = bare
  t.same(checkFields(formWith({ kind: 'filled', fields }), [without]), [], 'not in the entry')
})

t.test('F28: between, ascending, unique and differ', async (t) => {
  const between: CheckRule = { kind: 'between', field: 'age', min: 1, max: 120 }
  t.same(found(between, [{ age: '0' }, { age: '120' }, { age: '121' }, { age: 'x' }]), ['1', '3'])
  const paid: CheckRule = { kind: 'between', field: 'paid', max: 1_500_000 }
  t.same(found(paid, [{ paid: '1.500.000đ' }, { paid: '1,500,001 đồng' }]), ['2'])

  const ascending: CheckRule = { kind: 'ascending', field: 'number' }
  const numbers = ['09/2018', '10/2018', '12/2018', 'x', '14/2018'].map((number) => ({ number }))
  t.same(found(ascending, numbers), ['3'])
  const two = [recordOf({ number: '3' }), recordOf({ number: '5' })]
  t.equal(checkFields(formWith(ascending), two, { places: [2, 3] }).length, 1)
  t.equal(checkFields(formWith(ascending), two, { places: [2, 4] }).length, 0, 'not next to it')

  const unique: CheckRule = { kind: 'unique', field: 'name', with: ['born'] }
  const twins = [
    { name: 'Lò Mây', born: '1.2.2001' },
    { name: 'Lò Mây', born: '1.2.2002' },
    { name: 'LÒ MÂY', born: '01/02/2001' },
    { name: 'Lò Mây' },
    { name: 'Lò Mây' },
  ]
  t.same(found(unique, twins), ['3'])

  const differ: CheckRule = { kind: 'differ', fields: ['mother', 'father'] }
  t.same(found(differ, [{ mother: 'Vi Hoa', father: 'VI HOA' }, { mother: 'Vi Hoa' }, {}]), ['1'])
})

t.test('F34: a ditto mark is checked as the value that it stands for', async (t) => {
  const ditto = marked('ditto')
  const withDittos = (rule: CheckRule): FormDefinition => ({
    ...formWith(rule),
    fields: form.fields.map((field) => {
      if (field.name === 'father') return { ...field, dittoFrom: 'mother' }
      return ['mother', 'born', 'paid'].includes(field.name)
        ? { ...field, dittoFrom: 'record-above' }
        : field
    }),
    controlTotals: [{ of: 'paid', total: 'sum', message: label }],
  })
  const said = (rule: CheckRule, records: Short[], places?: number[]) =>
    checkFields(withDittos(rule), records.map(recordOf), { places }).map(
      ({ record, check }) => `${record} ${check}`,
    )
  const differ: CheckRule = { kind: 'differ', fields: ['mother', 'father'] }
  t.same(said(differ, [{ mother: 'Vi Hoa', father: ditto }]), ['1 check'], 'in its record')
  const order: CheckRule = { kind: 'in-order', earlier: 'born', later: 'registered' }
  const born: Short[] = [
    { born: '5.2.2001', registered: '6.2.2001' },
    { born: ditto, registered: '6.2.2001' },
    { born: ditto, registered: '4.2.2001' },
  ]
  t.same(said(order, born), ['3 check'], 'through the line above')
  t.same(said(order, born, [1, 2, 4]), [], 'not over a line that is not there')
  t.same(said(order, [{ born: ditto, registered: '4.2.2001' }]), [], 'nor above the first')
  const paid: Short[] = [{ paid: '500' }, { paid: ditto, sum: '500' }]
  t.same(said(differ, paid), ['2 control-total:1'])
})

t.test(
  'F29: unit-on-date asks whoever has a list of units, and says nothing without',
  async (t) => {
    const checked = formWith({ kind: 'unit-on-date', place: 'place', date: 'registered' })
    const records = [recordOf({ place: 'Xã Hoa Sơn', registered: '2.2004' })]
    t.same(checkFields(checked, records), [])
    const asked: string[][] = []
    const lookup =
      (answer: boolean | undefined): UnitLookup =>
      (...question) => {
        asked.push(question)
        return answer
      }
    t.equal(checkFields(checked, records, { units: lookup(false) }).length, 1)
    t.equal(checkFields(checked, records, { units: lookup(true) }).length, 0)
    t.equal(checkFields(checked, records, { units: lookup(undefined) }).length, 0)
    t.same(asked[0], ['Xã Hoa Sơn', '2004-02-01', '2004-02-29'])
  },
)

t.test('F30: control totals are checked on whole pages', async (t) => {
  const summed: FormDefinition = {
    ...form,
    controlTotals: [
      { of: 'paid', total: 'sum', message: label },
      { total: 'records', message: label },
    ],
  }
  t.same(findFormProblems(summed), [])
  const says = (...records: Short[]) =>
    checkFields(summed, records.map(recordOf)).map(({ check, record }) => `${check} ${record}`)
  t.same(says({ paid: '1.500,10' }, { paid: '0,20' }, { sum: '1500,30 đ', records: '3' }), [])
  t.same(says({ paid: '1.500' }, { paid: '2', sum: '1.503', records: '3' }), [
    'control-total:1 2',
    'control-total:2 2',
  ])
  t.same(says({ paid: marked('illegible') }, { paid: '2', sum: '3' }), [], 'a part is not known')
  t.same(says({ paid: '1' }, { paid: '2' }), [], 'there is no total')
  t.same(says(), [])
  const part = [recordOf({ paid: '1', sum: '5' })]
  t.same(checkFields(summed, part, { places: [3] }), [], 'a part of a page has no total')
})

t.test('F31: a check with a condition is for records of which it surely holds', async (t) => {
  const rule: CheckRule = { kind: 'real-date', field: 'born' }
  const born = '31.2.2001'
  const records = [{ born, sex: 'Nữ' }, { born, sex: 'Gái' }, { born, sex: 'Nam' }, { born }]
  t.same(found(rule, records, { field: 'sex', is: ['Nữ'] }), [
    '1 impossible-date',
    '2 impossible-date',
  ])
  const days = ['2014', '1.1.2015', '2015', '1.1.16', '31.12.2015', '1.1.2016']
  const dated = days.map((registered) => ({ born, registered }))
  const told = (when: object) =>
    found(rule, dated, { field: 'registered', ...when } as CheckCondition).map((line) => line[0])
  t.same(told({ from: '2015-01-01' }), ['2', '3', '5', '6'])
  t.same(told({ before: '2015-12-31' }), ['1', '2'])
  t.same(told({ from: '2015-01-01', before: '2016-01-01' }), ['2', '3', '5'])
})

t.test('F11, F25: whatever is typed, checks neither throw nor repeat it', async () => {
  const secret = 'Xyzzy'
  const checks = RULES.map((rule, index) => {
    return { name: `check-${index}`, severity: 'error', message: label, rule } as const
  })
  const all = { ...form, checks, controlTotals: [{ of: 'paid', total: 'sum', message: label }] }
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('1.1.2001', '31/2/2001', '45 tuổi', '1.000đ', '01/2017', '040203000001'),
  )
  const reading = fc.record({
    value: fc.oneof(
      value,
      value.map((text) => `${text}${secret}`),
    ),
    mark: fc.option(fc.constantFrom(...MARKS), { nil: undefined }),
    origin: fc.constant('typed' as const),
  })
  const record = fc.dictionary(fc.constantFrom(...form.fields.map(({ name }) => name)), reading)
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), (records) => {
      const known = records.map((one) => one as TypedRecord)
      return !JSON.stringify(checkFields(all, known)).includes(secret)
    }),
  )
})
