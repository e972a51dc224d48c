import { readFileSync } from 'node:fs'
import type { FormDefinition, Mark, Reading, TypedRecord } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { checkReading, checkRecords, findField, readFormDefinition } from '../src/index.ts'

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

function formWith(changes: object): unknown {
  return { ...form, ...changes }
}

t.test('F1: the shipped register is a form, and its fields are found by name', async (t) => {
  const shipped = new URL('../../../forms/birth-register.json', import.meta.url)
  const birthRegister = readFormDefinition(JSON.parse(readFileSync(shipped, 'utf8')))
  t.equal(findField(birthRegister, 'sex')?.kind, 'choice')
  t.equal(findField(birthRegister, 'shoeSize'), undefined)
  t.equal(findField(birthRegister, 'toString'), undefined)
  t.same(readFormDefinition(form), form)
})

t.test('F1: what has not the shape of a form is refused, with the place', async (t) => {
  for (const input of [null, 'form', [], {}, formWith({ recordsMax: 0 }), formWith({ more: 1 })]) {
    t.throws(() => readFormDefinition(input), { code: 'FORM_INVALID' })
  }
  const versionless = formWith({ version: 0 })
  t.throws(() => readFormDefinition(versionless), {
    code: 'FORM_INVALID',
    details: ['/version must be >= 1'],
  })
})

t.test('F2, F3, F4: a form is refused with everything that is wrong with it', async (t) => {
  const option = { value: 'A', label }
  const lookalikes = ['NFC', 'NFD'].map((to) => ({ value: 'Nữ'.normalize(to), label }))
  const crowd = [option, option, { value: 'four', label }, { value: ' ', label }]
  const fields = [
    { name: 'twice', kind: 'text', label, lengthMax: 5 },
    { name: 'twice', kind: 'text', label, lengthMax: 5, options: [option] },
    { name: 'bare', kind: 'choice', label, lengthMax: 5 },
    { name: 'crowded', kind: 'choice', label, lengthMax: 3, options: crowd },
    { name: 'lookalike', kind: 'choice', label, lengthMax: 9, options: lookalikes },
  ]
  t.throws(() => readFormDefinition(formWith({ fields })), {
    code: 'FORM_INVALID',
    details: [
      'twice: the name is used for more than one field',
      'twice: a text has no options',
      'bare: a choice needs options',
      'crowded: option 3: the value is longer than 3 characters',
      'crowded: option 4: the value is only white space',
      'crowded: option 2: is the same as option 1',
      'lookalike: option 2: is the same as option 1',
    ],
  })
})

t.test('F4, F9: an alias is another way to write an option', async (t) => {
  const options = [
    { value: 'Kinh', label, aliases: ['Việt', '01'] },
    { value: 'Thái', label, aliases: ['01'] },
  ]
  const field = { name: 'ethnicity', kind: 'choice', label, lengthMax: 20, options } as const
  t.throws(() => readFormDefinition(formWith({ fields: [field] })), {
    code: 'FORM_INVALID',
    details: ['ethnicity: option 2: is the same as option 1'],
  })
  t.same(checkReading({ ...field, options }, typed('Việt')), [])
  t.same(checkReading({ ...field, options }, typed('Mường')), ['the value is none of the options'])
})

t.test('F12: leniency that would have no effect is refused', async (t) => {
  const fields = [
    { name: 'a', kind: 'name', label, lengthMax: 5, comparison: { ignoreCase: true } },
    { name: 'b', kind: 'text', label, lengthMax: 5, comparison: { ignoreLeadingZeros: true } },
    { name: 'c', kind: 'text', label, lengthMax: 5, comparison: { ignoreCase: true } },
  ]
  t.throws(() => readFormDefinition(formWith({ fields })), {
    code: 'FORM_INVALID',
    details: [
      'a: ignoreCase has no meaning for a name',
      'b: ignoreLeadingZeros has no meaning for a text',
    ],
  })
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
