/** Rule F33 of docs/spec/forms.md: which version of its form a campaign may go on with. */
import type { FormDefinition } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { findChangeProblems } from '../src/index.ts'
import { field, form, label, list, option, withPart } from './form-of-everything.ts'

/** What keeps a campaign of this form from going on with one part changed. */
const told = (pointer: string, value: unknown, from = form) =>
  findChangeProblems(from, withPart(pointer, value)).map(
    ({ pointer, message }) => `${pointer} ${message}`,
  )

t.test('F33: what says nothing of the meaning of a reading may differ', async (t) => {
  const more = { value: 'D', label }
  const free: [string, unknown][] = [
    ['/version', 2],
    ['/title', { vi: 'Khác', en: 'Other' }],
    ['/help', label],
    ['/layouts/0/label', { vi: 'Khác', en: 'Other' }],
    ['/fields/0/label', { vi: 'Khác', en: 'Other' }],
    ['/fields/0/help', label],
    ['/fields/0/lengthMax', 3],
    ['/fields/0/zones', undefined],
    ['/fields/0/class', 'identity-critical'],
    ['/fields/0/required', false],
    ['/fields/0/marks', ['blank']],
    ['/fields/0/comparison', { accept: ['variant'] }],
    ['/fields/0/dittoFrom', 'record-above'],
    ['/fields/2/options', [more, ...(form.fields[2]?.options ?? [])]],
    ['/fields/2/options/1/aliases', ['E']],
    ['/fields/2/open', true],
    ['/lists/0/entries', [option, more]],
    ['/fields', form.fields.toReversed()],
    ['/controlTotals', undefined],
    ['/checks', []],
  ]
  for (const [pointer, value] of free) t.same(told(pointer, value), [], pointer)
})

t.test('F33: everything else is told, each with its place', async (t) => {
  const kept: [string, unknown, string | RegExp][] = [
    ['/name', 'other', '/name must stay small-register: this is another form'],
    ['/recordsMax', 3, '/recordsMax must stay 2'],
    ['/recordOrder', 'free', '/recordOrder must stay page'],
    ['/fields', form.fields.slice(1), '/fields must still have name'],
    ['/fields/9', field('new', 'text'), /^\/fields\/9\/name is new/],
    ['/fields/4/kind', 'text', '/fields/4/kind must stay date'],
    ['/fields/0/entry', 'single', '/fields/0/entry must stay core'],
    ['/fields/1/dittoFrom', undefined, '/fields/1/dittoFrom must stay record-above'],
    ['/fields/2/options', [option], /^\/fields\/2\/options must keep .* 1 are missing/],
    ['/lists/0/entries', [{ value: 'D', label }], /^\/fields\/3\/list must keep/],
    [
      '/fields/3/list',
      { ...list, date: '1999-01-01' },
      /^\/fields\/3\/list is not in the form yet/,
    ],
  ]
  for (const [pointer, value, finding] of kept) t.match(told(pointer, value), [finding], pointer)
  const open = withPart('/fields/2/open', true)
  t.same(told('/title', label, open), ['/fields/2/open must stay true'])
})

t.test(
  'F33: a form may follow itself, and what may follow step by step may follow at once',
  (t) => {
    const part = fc.constantFrom<[string, unknown]>(
      ['/fields/0/comparison', { accept: ['variant'] }],
      ['/fields/2/open', true],
      ['/fields/0/dittoFrom', 'record-above'],
      ['/lists/0/entries', [option, { value: 'D', label }]],
      ['/fields/4/kind', 'text'],
      ['/recordsMax', 3],
    )
    const version = fc
      .array(part, { maxLength: 3 })
      .map((parts) =>
        parts.reduce((made, [pointer, value]) => withPart(pointer, value, made), form),
      )
    const may = (one: FormDefinition, other: FormDefinition) =>
      findChangeProblems(one, other).length === 0
    fc.assert(
      fc.property(version, version, version, (one, two, three) => {
        t.ok(may(one, one))
        if (may(one, two) && may(two, three)) t.ok(may(one, three))
      }),
      { numRuns: 60 },
    )
    t.end()
  },
)
