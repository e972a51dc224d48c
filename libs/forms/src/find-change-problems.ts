import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import type { FormFinding } from './finding.ts'
import { withListsResolved } from './with-lists-resolved.ts'

/**
 * What keeps a campaign that is keyed by `before` from going on with `after`; empty when it may. What was
 * keyed by either must be one material: held against each other field by field, whoever keyed it when. So
 * only what says nothing of the meaning of a reading may differ.
 */
export function findChangeProblems(before: FormDefinition, after: FormDefinition): FormFinding[] {
  const [old, now] = [withListsResolved(before), withListsResolved(after)]
  const whole: FormFinding[] = []
  const must = (pointer: string, holds: boolean, message: string) => {
    if (!holds) whole.push({ pointer, message })
  }
  must('/name', now.name === old.name, `must stay ${old.name}: this is another form`)
  const { recordsMax } = old
  must('/recordsMax', now.recordsMax === recordsMax, `must stay ${recordsMax}`)
  const order = old.recordOrder ?? 'page'
  must('/recordOrder', (now.recordOrder ?? 'page') === order, `must stay ${order}`)
  const kept = new Set(now.fields.map(({ name }) => name))
  for (const { name } of old.fields) must('/fields', kept.has(name), `must still have ${name}`)
  return [
    ...whole,
    ...now.fields.flatMap((field, index) => {
      const was = old.fields.find(({ name }) => name === field.name)
      return findFieldProblems(was, field).map(([part, message]) => ({
        pointer: `/fields/${index}/${part}`,
        message,
      }))
    }),
  ]
}

type Part = keyof FieldDefinition

function findFieldProblems(
  was: FieldDefinition | undefined,
  field: FieldDefinition,
): [Part, string][] {
  if (was === undefined) return [['name', 'is new: what was keyed before has nothing in it']]
  const problems: [Part, string][] = []
  if (field.kind !== was.kind) problems.push(['kind', `must stay ${was.kind}`])
  // Which of a page's two people keys a single field was drawn when the page came in.
  const entry = was.entry ?? 'core'
  if ((field.entry ?? 'core') !== entry) problems.push(['entry', `must stay ${entry}`])
  // What a ditto mark stood for when it was keyed is what it stands for.
  if (was.dittoFrom !== undefined && field.dittoFrom !== was.dittoFrom) {
    problems.push(['dittoFrom', `must stay ${was.dittoFrom}`])
  }
  return [...problems, ...findOptionProblems(was, field)]
}

/** What could be picked can be picked still; more may be. */
function findOptionProblems(was: FieldDefinition, field: FieldDefinition): [Part, string][] {
  if (was.kind !== 'choice' || field.kind !== 'choice') return []
  const part = field.list === undefined ? 'options' : 'list'
  if (field.options?.length === 0) return [[part, 'is not in the form yet: publish it first']]
  const values = new Set(field.options?.map(({ value }) => value))
  const lost = (was.options ?? []).filter(({ value }) => !values.has(value)).length
  const problems: [Part, string][] =
    lost === 0 ? [] : [[part, `must keep every value that could be picked: ${lost} are missing`]]
  if (was.open === true && field.open !== true) problems.push(['open', 'must stay true'])
  return problems
}
