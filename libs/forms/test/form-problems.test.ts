import { Problem } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { findFormProblems, formSchema, readFormDefinition } from '../src/index.ts'
import {
  check,
  field,
  form,
  label,
  list,
  option,
  problemsWith,
  withPart,
} from './form-of-everything.ts'

t.test('F1: a form of everything is none the worse for being read', async (t) => {
  t.same(findFormProblems(form), [])
  t.equal(readFormDefinition(form), form)
  t.same(problemsWith('/$schema', './form.schema.json'), [])
})

t.test('F1: what has not the shape of a form is refused, with all places at once', async (t) => {
  for (const input of [null, 'form', [], {}, 1, undefined]) {
    t.throws(() => readFormDefinition(input), { code: 'FORM_INVALID' })
  }
  const broken = {
    ...form,
    version: 0,
    more: 1,
    'a/b': 1,
    fields: [{ ...form.fields[0], kind: 'nmae', name: 'Name' }, 7, ...form.fields.slice(1)],
  }
  t.match(findFormProblems(broken), [
    { pointer: '', message: 'has a property that is not known here; is its name misspelt?' },
    { pointer: '/fields/0/kind', message: /^must be one of text, name, place, date, / },
    { pointer: '/fields/0/name', message: /^must be a small letter and up to 63 more letters/ },
    { pointer: '/fields/1', message: 'must be object' },
    { pointer: '/more', message: 'is not known here; is its name misspelt?' },
    { pointer: '/version', message: 'must be >= 1' },
  ])
  t.throws(() => readFormDefinition({ ...form, version: 0, recordsMax: 61 }), {
    code: 'FORM_INVALID',
    details: ['/recordsMax must be <= 60', '/version must be >= 1'],
  })
})

t.test('F1: of a rule, the errors of its own kind are told', async (t) => {
  t.same(problemsWith('/checks', check({ kind: 'in-order', earlier: 'born' })), [
    '/checks/0/rule needs later',
  ])
  t.match(problemsWith('/checks', check({ kind: 'in-oder' })), [
    /^\/checks\/0\/rule\/kind must be one of in-order, time-between, /,
  ])
  const rule = { kind: 'real-date', field: 'born' }
  t.same(problemsWith('/checks', check(rule, { when: { field: 'sex' } })), [
    '/checks/0/when must be a field with either is, or from, before or both',
  ])
})

t.test('F2: names are unique', async (t) => {
  t.same(problemsWith('/fields/1/name', 'name'), ['/fields/1/name is the same name as item 0 has'])
  const lists = [form.lists?.[0], form.lists?.[0]]
  t.same(problemsWith('/lists', lists), ['/lists/1/name is the same name and date as item 0 has'])
  const twice = [...(form.layouts ?? []), ...(form.layouts ?? [])]
  t.same(problemsWith('/layouts', twice), ['/layouts/1/name is the same name as item 0 has'])
  const checks = [...(form.checks ?? []), ...(form.checks ?? [])]
  t.same(problemsWith('/checks', checks), ['/checks/1/name is the same name as item 0 has'])
})

t.test('F3: a choice has options or a list, and no other field has any', async (t) => {
  t.same(problemsWith('/fields/3', field('letter', 'choice')), [
    '/fields/3 is a choice and needs options or a list',
  ])
  t.same(problemsWith('/fields/3/options', [option]), [
    '/fields/3/list must not stand beside options',
  ])
  t.same(problemsWith('/fields/0', field('name', 'name', { options: [option], open: true })), [
    '/fields/0/open has no meaning for a name, only for choice',
    '/fields/0/options has no meaning for a name, only for choice',
  ])
  t.same(problemsWith('/fields/3/list/date', '2020-01-02'), [
    '/fields/3/list is no list of this form; lists must have one with this name and date',
  ])
})

t.test('F4: each text of an option can be entered and means one option', async (t) => {
  const [composed, apart] = ['NFC', 'NFD'].map((to) => ({ value: 'Nữ'.normalize(to), label }))
  t.same(
    problemsWith('/fields/2/options', [option, option, { value: ' ', label }, composed, apart]),
    [
      '/fields/2/options/1/value is the same text as option 0 has',
      '/fields/2/options/2/value the value is only white space',
      '/fields/2/options/4/value is the same text as option 3 has',
    ],
  )
  const ways = [
    { value: 'A', label, aliases: ['B', 'A'], code: 'A' },
    { value: 'C', label, code: 'B' },
  ]
  t.same(problemsWith('/fields/2/options', ways), [
    '/fields/2/options/0/aliases/1 is the same text as option 0 has',
    '/fields/2/options/1/code is the same text as option 0 has',
  ])
  t.same(problemsWith('/lists/0/entries', [option, option]), [
    '/lists/0/entries/1/value is the same text as option 0 has',
  ])
  const long = [option, { value: 'ten letters', label }]
  t.same(problemsWith('/fields/2/options', long), [
    '/fields/2/options/1/value is longer than the 9 characters of the field',
  ])
  t.same(problemsWith('/lists/0/entries', long), [
    '/fields/3/list its entry /1/value is longer than the 9 characters of the field',
  ])
})

t.test('F12: leniency that would have no effect is refused', async (t) => {
  t.same(problemsWith('/fields/0/comparison', { ignoreCase: true }), [
    '/fields/0/comparison/ignoreCase has no meaning for a name, only for text, choice',
  ])
  t.same(problemsWith('/fields/2/comparison', { ignoreCase: true, ignoreLeadingZeros: true }), [
    '/fields/2/comparison/ignoreLeadingZeros has no meaning for a choice, only for registration-number, book-number',
  ])
})

t.test(
  'F12: a kind that nobody knows is told at its own place, and repeated nowhere',
  async (t) => {
    const lenient = field('name', 'text', { comparison: { ignoreCase: true }, open: true })
    const problems = problemsWith('/fields/0', { ...lenient, kind: 'secret' })
    t.equal(problems.length, 1)
    t.match(problems[0], /^\/fields\/0\/kind /)
    t.notMatch(problems.join(), /secret/)
  },
)

t.test('F23: a form is small enough to be sent', async (t) => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
  t.same(findFormProblems(deep), [{ pointer: '', message: 'is nested too deeply for a form' }])
  t.match(findFormProblems({ ...form, fields: Array(200_000).fill(0) }), [
    { pointer: '', message: /^has more than 150000 parts$/ },
  ])
  const many = findFormProblems({ ...form, fields: Array(2_000).fill(0) })
  t.equal(many.length, 501)
  t.match(many.at(-1)?.message, /^has \d+ more errors/)
  const entries = Array.from({ length: 2_000 }, (_, index) => ({
    value: `${index}`,
    label: { vi: 'ệ'.repeat(300), en: '' },
  }))
  t.match(
    findFormProblems({
      ...form,
      lists: [...(form.lists ?? []), { ...list, name: 'long', label, entries }],
    }),
    [{ pointer: '', message: /^has \d+ bytes as JSON; at most 819200 are sent$/ }],
  )
})

t.test('F1: any JSON is a form or a Problem', async () => {
  const parts = fc.constantFrom<unknown>(...partsOf(form))
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), parts)
  const pointers = fc.constantFrom(...pointersOf(form))
  const changed = fc.tuple(pointers, anything).map(([pointer, value]) => withPart(pointer, value))
  const input = fc.oneof(
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 5, arbitrary: changed },
  )
  fc.assert(
    fc.property(input, (value) => {
      try {
        return readFormDefinition(value) === value
      } catch (error) {
        return error instanceof Problem && error.code === 'FORM_INVALID'
      }
    }),
    { numRuns: 2_000 },
  )
})

t.test('F24: the schema keeps our keywords where the contract has their places', async (t) => {
  const text = JSON.stringify(formSchema())
  for (const keyword of ['uniqueBy', 'namesField', 'dittoPossible', 'discriminator']) {
    t.match(text, `"${keyword}"`)
  }
  t.not(formSchema(), formSchema())
})

function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value]
  return [value, ...Object.values(value).flatMap(partsOf)]
}

function pointersOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => [
    `/${name}`,
    ...pointersOf(part).map((pointer) => `/${name}${pointer}`),
  ])
}
