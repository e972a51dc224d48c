import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { findFormProblems } from '../src/index.ts'

export const label = { vi: 'Nhãn', en: 'Label' }
export const option = { value: 'A', label }
export const list = { name: 'letters', date: '2020-01-01' }

/** Has something of everything, and nothing wrong. */
export const form: FormDefinition = {
  name: 'small-register',
  version: 1,
  title: label,
  recordsMax: 2,
  layouts: [{ name: 'old', label, recordStep: { x: 0, y: 0.25 } }],
  lists: [{ ...list, label, entries: [option] }],
  fields: [
    field('name', 'name', { zones: [{ layout: 'old', x: 0.5, y: 0.9, width: 0.5, height: 0.1 }] }),
    field('mother', 'name', { dittoFrom: 'record-above' }),
    field('sex', 'choice', { options: [option, { value: 'B', label, aliases: ['C'], code: '2' }] }),
    field('letter', 'choice', { list }),
    field('born', 'date'),
    field('registered', 'date', { dittoFrom: 'born' }),
    field('paid', 'money'),
    field('sum', 'money'),
    field('number', 'registration-number', { comparison: { ignoreLeadingZeros: true } }),
  ],
  controlTotals: [{ of: 'paid', total: 'sum', message: label }],
  checks: [
    {
      name: 'order',
      severity: 'warning',
      message: label,
      when: { field: 'sex', is: ['A'] },
      rule: { kind: 'in-order', earlier: 'born', later: 'registered' },
    },
  ],
}

export function field(
  name: string,
  kind: FieldDefinition['kind'],
  more: Partial<FieldDefinition> = {},
): FieldDefinition {
  return { name, kind, label, lengthMax: 9, ...more }
}

/** What is told of the form with one part changed, in the way of a JSON pointer. */
export function problemsWith(pointer: string, value: unknown): string[] {
  return findFormProblems(withPart(pointer, value)).map(
    ({ pointer, message }) => `${pointer} ${message}`,
  )
}

export function check(rule: object, more: object = {}): object[] {
  return [{ name: 'one', severity: 'warning', message: label, rule, ...more }]
}

/** The form with one part changed, in the way of a JSON pointer. */
export function withPart(pointer: string, value: unknown, from = form): FormDefinition {
  const changed = structuredClone(from)
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  const parent = steps.reduce<unknown>((part, step) => Reflect.get(Object(part), step), changed)
  Reflect.set(Object(parent), last, value)
  return changed
}
