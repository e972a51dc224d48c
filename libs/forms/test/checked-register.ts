import type {
  CheckCondition,
  CheckRule,
  FieldDefinition,
  FormDefinition,
  Mark,
  Reading,
  TypedRecord,
} from '@songnhap/contracts'
import { checkFields, findFormProblems } from '../src/index.ts'

export const label = { vi: 'Nhãn', en: 'Label' }
const options = [
  { value: 'Nam', label: { vi: 'Nam', en: 'Male' }, code: '1' },
  { value: 'Nữ', label: { vi: 'Nữ', en: 'Female' }, aliases: ['Gái'] },
]

function field(name: string, kind: FieldDefinition['kind']): FieldDefinition {
  return { name, kind, label, lengthMax: 200 }
}

export const form: FormDefinition = {
  name: 'small-register',
  version: 1,
  title: label,
  recordsMax: 9,
  fields: [
    field('number', 'registration-number'),
    field('book', 'book-number'),
    field('registered', 'date'),
    field('born', 'date'),
    field('words', 'date'),
    field('name', 'name'),
    field('mother', 'name'),
    field('father', 'name'),
    { ...field('sex', 'choice'), options },
    field('person', 'identity-number'),
    field('place', 'place'),
    field('age', 'integer'),
    field('paid', 'money'),
    field('sum', 'money'),
    field('records', 'integer'),
  ],
}

export type Short = Readonly<Record<string, string | Reading>>

export function marked(mark: Mark, value = ''): Reading {
  return { value, mark, origin: 'typed' }
}

/** Fields that are not named are blank. */
export function recordOf(values: Short): TypedRecord {
  return Object.fromEntries(
    form.fields.map(({ name }) => {
      const value = values[name] ?? marked('blank')
      return [name, typeof value === 'string' ? { value, origin: 'typed' } : value]
    }),
  )
}

export function formWith(rule: CheckRule, when?: CheckCondition): FormDefinition {
  const check = { name: 'check', severity: 'warning', message: label, rule } as const
  return { ...form, checks: [when === undefined ? check : { ...check, when }] }
}

/** The records that the rule speaks of, and the codes of what is odd. */
export function found(rule: CheckRule, records: readonly Short[], when?: CheckCondition): string[] {
  const checked = formWith(rule, when)
  const problems = findFormProblems(checked)
  if (problems.length > 0) throw new Error(`no good rule: ${JSON.stringify(problems)}`)
  return checkFields(checked, records.map(recordOf)).map(({ record, detail }) =>
    [record, ...detail].join(' '),
  )
}
