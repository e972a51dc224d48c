import type { FieldDefinition } from '@songnhap/contracts'
import { t } from 'tap'
import { findFormProblems } from '../src/index.ts'
import { check, field, form, label, problemsWith } from './form-of-everything.ts'

t.test('F17: zones lie in the image, one a layout, and the layouts are there', async (t) => {
  const zone = { layout: 'old', x: 0, y: 0, width: 1, height: 1 }
  t.same(problemsWith('/fields/0/zones', [zone, { ...zone, layout: 'new' }]), [
    '/fields/0/zones/1/layout is no layout of this form',
  ])
  t.same(problemsWith('/fields/0/zones', [zone, zone]), [
    '/fields/0/zones/1/layout is the same layout as item 0 has',
  ])
  t.same(problemsWith('/fields/0/zones', [{ ...zone, x: 0.1, height: 0 }]), [
    '/fields/0/zones/0/height must be more than 0',
    '/fields/0/zones/0/width reaches beyond the edge of the image',
  ])
})

t.test('F18: what a ditto mark repeats is there and fits', async (t) => {
  const says = (field: Partial<FieldDefinition>) =>
    problemsWith('/fields/1', { ...form.fields[1], ...field })
  t.same(says({ dittoFrom: 'father' }), ['/fields/1/dittoFrom is no field of this form'])
  t.same(says({ dittoFrom: 'mother' }), ['/fields/1/dittoFrom leads back to this field'])
  t.same(says({ dittoFrom: 'born' }), ['/fields/1/dittoFrom must be a field of the same kind'])
  t.match(says({ marks: ['blank'] }), [
    '/fields/1/dittoFrom has no effect: marks does not have ditto',
  ])
  t.same(problemsWith('/fields/4/dittoFrom', 'registered'), [
    '/fields/4/dittoFrom leads back to this field',
    '/fields/5/dittoFrom leads back to this field',
  ])
  t.same(problemsWith('/fields/3/dittoFrom', 'sex'), [
    '/fields/3/dittoFrom must be a field with the same options',
  ])
  t.match(problemsWith('/fields/4/entry', 'single'), [/^\/fields\/5\/dittoFrom is a single field/])
  t.match(problemsWith('/recordOrder', 'free'), [
    /dittoFrom is not known where recordOrder is free/,
  ])
  t.same(problemsWith('/fields/1/dittoFrom', 'Record-above'), [
    '/fields/1/dittoFrom is no field of this form',
    '/fields/1/dittoFrom must be record-above or the name of another field',
  ])
})

t.test('F19: a single field is not identity-critical, and not every field is single', async (t) => {
  t.same(
    problemsWith(
      '/fields/0',
      field('name', 'name', { entry: 'single', class: 'identity-critical' }),
    ),
    ['/fields/0/entry must not be single where the class is identity-critical'],
  )
  t.same(
    problemsWith('/fields', [field('born', 'date', { entry: 'single' })]).filter((told) =>
      told.startsWith('/fields '),
    ),
    ['/fields must have a core field: single fields are never compared'],
  )
})

t.test('F20: what needs several records is refused where a page is one', async (t) => {
  t.same(problemsWith('/recordsMax', 1), [
    '/controlTotals has no effect: there is one record a page (recordsMax)',
    '/fields/1/dittoFrom has no effect: there is one record a page, and none above',
    '/layouts/0/recordStep has no effect: there is one record a page (recordsMax)',
  ])
  const one = { ...form, recordsMax: 1, recordOrder: 'free' }
  t.match(
    findFormProblems(one).map(({ pointer }) => pointer),
    new Set(['/recordOrder']),
  )
  const numbers = check({ kind: 'ascending', field: 'number' })
  t.match(
    findFormProblems({ ...form, recordOrder: 'free', checks: numbers }).map(
      ({ pointer }) => pointer,
    ),
    ['/checks/0/rule', '/fields/1/dittoFrom'],
  )
})

t.test('F21: control totals add up integers or money', async (t) => {
  const totals = (of: string | undefined, total: string) =>
    problemsWith('/controlTotals', [{ ...(of === undefined ? {} : { of }), total, message: label }])
  t.same(totals(undefined, 'sum'), ['/controlTotals/0/total must be a field of kind integer'])
  t.same(totals('sum', 'sum'), ['/controlTotals/0/total must not be the same as of'])
  t.same(totals('born', 'sum'), [
    '/controlTotals/0/of is a field of kind date; must be of kind integer, money',
  ])
})

t.test('F22: a check is over fields that are there and of kinds that fit', async (t) => {
  const says = (rule: object, more: object = {}) => problemsWith('/checks', check(rule, more))
  t.same(says({ kind: 'in-order', earlier: 'name', later: 'died' }), [
    '/checks/0/rule/earlier is a field of kind name; must be of kind date',
    '/checks/0/rule/later is no field of this form',
  ])
  t.same(says({ kind: 'in-order', earlier: 'born', later: 'born' }), [
    '/checks/0/rule/later must not be the same as earlier',
  ])
  t.same(says({ kind: 'time-between', from: 'born', to: 'registered' }), [
    '/checks/0/rule needs at least one of daysMin, daysMax, yearsMin, yearsMax',
  ])
  t.same(says({ kind: 'between', field: 'paid', min: 2, max: 1 }), [
    '/checks/0/rule/min must not be more than max',
  ])
  t.same(says({ kind: 'differ', fields: ['born', 'name'] }), [
    '/checks/0/rule/fields must be of one kind, not date and name',
  ])
  t.match(says({ kind: 'empty', fields: ['born', 'born'] }), [/must NOT have duplicate items/])
  const rule = { kind: 'real-date', field: 'born' }
  const when = (condition: object) => says(rule, { when: condition })
  t.same(when({ field: 'sex', is: ['A', 'C'] }), ['/checks/0/when/is/1 is no option of the field'])
  t.same(when({ field: 'sect', is: ['A'] }), ['/checks/0/when/field is no field of this form'])
  t.same(when({ field: 'sex', from: '2020-01-01' }), [
    '/checks/0/when/field is a field of kind choice; must be of kind date',
  ])
  t.same(when({ field: 'born', from: '2020-01-01', before: '2019-01-01' }), [
    '/checks/0/when/from must not be more than before',
  ])
  t.same(when({ field: 'born', before: '2019-01-01' }), [])
})
