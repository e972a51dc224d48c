import type {
  FieldCheck,
  FieldDefinition,
  FormDefinition,
  Mark,
  Reading,
  Severity,
  TypedRecord,
} from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { checkReading, checkRecords, findField, withListsResolved } from '../src/index.ts'

const label = { vi: 'Nhãn', en: 'Label' }

/** A name, a choice, and a field called as something that every object inherits. */
const form: FormDefinition = {
  name: 'small-register',
  version: 1,
  title: label,
  recordsMax: 2,
  fields: [
    { name: 'childName', kind: 'name', label, lengthMax: 20 },
    {
      name: 'sex',
      kind: 'choice',
      label,
      lengthMax: 10,
      options: [
        { value: 'Nam', label },
        { value: 'Nữ', label },
      ],
    },
    { name: 'constructor', kind: 'date', label, lengthMax: 10 },
  ],
}

function typed(value: string, mark?: Mark): Reading {
  return { value, origin: 'typed', ...(mark === undefined ? {} : { mark }) }
}

function recordWith(changes: TypedRecord = {}): TypedRecord {
  const record = { childName: typed('Lò Văn Mây'), sex: typed('Nữ'), constructor: typed('1/2/85') }
  return { ...record, ...changes }
}

function findingsIn(changes: TypedRecord): string[] {
  return checkRecords(form, [recordWith(changes)])
}

t.test('F9: an alias may be entered, a code not', async (t) => {
  const options = [
    { value: 'Kinh', label, aliases: ['Việt'], code: '01' },
    { value: 'Thái', label },
  ]
  const field = { name: 'ethnicity', kind: 'choice', label, lengthMax: 20, options } as const
  const none = ['the value is none of the options']
  t.same(checkReading({ ...field, options }, typed('Việt')), [])
  t.same(checkReading({ ...field, options }, typed('01')), none)
  t.same(checkReading({ ...field, options }, typed('Mường')), none)
  t.same(checkReading({ ...field, options, open: true }, typed('Mường')), [])
})

t.test('F5: records that fit have no findings, nor has a page without records', async (t) => {
  t.same(checkRecords(form, [recordWith(), recordWith()]), [])
  t.same(checkRecords(form, []), [])
})

t.test('F5: more records than the form has room for', async (t) => {
  const findings = checkRecords(form, [recordWith(), recordWith(), recordWith()])
  t.same(findings, ['3 records, where the form has room for 2'])
})

t.test('F6: a record has every field of the form and no other', async (t) => {
  const { sex: _, ...withoutSex } = recordWith()
  t.same(checkRecords(form, [recordWith(), withoutSex]), ['record 2, sex: is missing'])
  t.same(findingsIn({ shoeSize: typed('38') }), ['record 1, shoeSize: is not in the form'])
  t.equal(checkRecords(form, [{}]).length, form.fields.length, 'inherited names are not fields')
})

t.test('F7: a value that cannot be stored or seen is refused', async (t) => {
  const refused = {
    'the value is longer than 20 characters': 'a'.repeat(21),
    'the value contains a control character': 'Lò\tVăn',
    'the value contains half a character': 'Lò \ud83c',
    'the value is only white space': ' \u00a0\u200b',
  }
  for (const [finding, value] of Object.entries(refused)) {
    t.same(findingsIn({ childName: typed(value) }), [`record 1, childName: ${finding}`])
  }
  t.same(findingsIn({ childName: typed('𠄞'.repeat(20)) }), [], 'length counts characters')
})

t.test('F8: marks and values go together as the table says', async (t) => {
  const fits: [Mark | undefined, empty: boolean, filled: boolean][] = [
    [undefined, false, true],
    ['blank', true, false],
    ['illegible', true, false],
    ['torn', true, false],
    ['ditto', true, false],
    ['partly-legible', false, true],
    ['struck-out', true, true],
  ]
  for (const [mark, empty, filled] of fits) {
    t.equal(findingsIn({ childName: typed('', mark) }).length === 0, empty, `${mark}, empty`)
    t.equal(findingsIn({ childName: typed('Mây', mark) }).length === 0, filled, `${mark}, filled`)
    t.not(findingsIn({ childName: typed(' ', mark) }).length, 0, `${mark}, white space`)
  }
})

t.test('F9: a choice is one of its options, unless it is only partly there', async (t) => {
  t.same(findingsIn({ sex: typed('Khác') }), ['record 1, sex: the value is none of the options'])
  t.same(findingsIn({ sex: typed('N', 'partly-legible') }), [])
  t.same(findingsIn({ sex: typed('Gái', 'struck-out') }), [])
  t.same(findingsIn({ sex: typed('', 'blank') }), [])
})

t.test('F10: a date that cannot be is taken as it is written', async (t) => {
  t.same(findingsIn({ constructor: typed('31/2/19??') }), [])
})

t.test('F11: no finding repeats what somebody typed', async () => {
  const secret = 'Lò Bí Mật'
  const value = fc.constantFrom(secret, secret.repeat(3), `${secret}\u0000`, `${secret}\ud800`)
  const mark = fc.constantFrom<Mark | undefined>(undefined, 'blank', 'torn', 'struck-out')
  fc.assert(
    fc.property(value, mark, (value, mark) => {
      const reading = typed(value, mark)
      const findings = findingsIn({ sex: reading, childName: reading, [secret]: reading })
      return findings.length > 0 && findings.every((finding) => !finding.includes(secret))
    }),
  )
})

t.test(
  'F13: a field that is not required may be left empty, and takes its own marks only',
  async (t) => {
    const field = { name: 'note', kind: 'text', label, lengthMax: 20 } as const
    const empty = ['without a mark the value must not be empty']
    t.same(checkReading(field, typed('')), empty)
    t.same(checkReading({ ...field, required: true }, typed('')), empty)
    t.same(checkReading({ ...field, required: false }, typed('')), [])
    t.same(checkReading({ ...field, required: false }, typed('', 'blank')), [])
    const marks: Mark[] = ['blank']
    t.same(checkReading({ ...field, marks }, typed('', 'blank')), [])
    t.same(checkReading({ ...field, marks }, typed('', 'torn')), [
      'the mark torn is not given in this field',
    ])
  },
)

t.test('F14: a choice takes the options of its list', async (t) => {
  const list = { name: 'sexes', date: '2020-01-01' }
  const entries = [
    { value: 'Nam', label },
    { value: 'Nữ', label },
  ]
  const fields = form.fields.map((field): FieldDefinition => {
    const { options: _, ...rest } = field
    return field.kind === 'choice' ? { ...rest, list } : field
  })
  const listed: FormDefinition = { ...form, fields, lists: [{ ...list, label, entries }] }
  t.same(checkRecords(listed, [recordWith()]), [])
  t.same(checkRecords(listed, [recordWith({ sex: typed('Khác') })]), [
    'record 1, sex: the value is none of the options',
  ])
  t.same(findField(listed, 'sex')?.options, entries)
  t.equal(findField(listed, 'sex'), findField(listed, 'sex'), 'one object: others key by it')
  const whole = withListsResolved(listed)
  t.equal(withListsResolved(whole), whole)
  const other = { ...listed, lists: [{ ...list, date: '2021-01-01', label, entries }] }
  t.same(findField(other, 'sex')?.options, [], 'of another date it is another list')
  t.equal(findField(form, 'shoeSize'), undefined)
  t.equal(findField(form, 'toString'), undefined)
})

t.test('F15: an entry may be the core fields only, or some records only', async (t) => {
  const single: FormDefinition = {
    ...form,
    fields: form.fields.map((field) =>
      field.name === 'sex' ? { ...field, entry: 'single' } : field,
    ),
  }
  const { sex: _, ...core } = recordWith()
  t.same(checkRecords(single, [core], { coreOnly: true }), [])
  t.same(checkRecords(single, [core]), ['record 1, sex: is missing'])
  t.same(checkRecords(single, [recordWith()], { coreOnly: true }), [
    'record 1, sex: is keyed by somebody else',
  ])
  const two = [recordWith(), recordWith()]
  t.same(checkRecords(form, two, { places: [2, 7] }), [], 'also beyond what the form has room for')
  t.same(checkRecords(form, two, { places: [2] }), ['2 records for 1 places'])
  t.same(checkRecords(form, two, { places: [2, 2] }), ['the places of the records do not ascend'])
})

t.test(
  'F11, F16: what a form calls an error keeps an entry from fitting; a warning does not',
  async (t) => {
    const checks = (severity: Severity): FieldCheck[] => [
      {
        name: 'no-secret',
        severity,
        message: label,
        rule: { kind: 'without-words', field: 'childName', words: ['Mật'] },
      },
    ]
    const record = recordWith({ childName: typed('Lò Bí Mật') })
    t.same(checkRecords({ ...form, checks: checks('error') }, [record]), [
      'record 1, no-secret: Label',
    ])
    t.same(checkRecords({ ...form, checks: checks('warning') }, [record]), [])
    t.same(checkRecords({ ...form, checks: checks('information') }, [record]), [])
  },
)
