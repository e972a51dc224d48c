import type {
  Bilingual,
  FieldCheck,
  FieldDefinition,
  FormDefinition,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { checkFields, checkRecords, type UnitLookup } from '@songnhap/forms'
import type { Language } from '../words/language.svelte.ts'
import { type Draft, fieldAt, fieldsOf, keptRecords } from './draft.ts'
import { entryOf, openFields } from './entry-of.ts'
import { type Look, lookAtField } from './look-at-field.ts'

/** Whether a page can be sent as it stands; else the first place at which it cannot. */
export type Finish =
  | { readonly is: 'ready'; readonly records: TypedRecords }
  | {
      readonly is: 'wrong'
      readonly record: string
      readonly field: string
      readonly definition: FieldDefinition
      readonly error: NonNullable<Look['error']>
    }
  | { readonly is: 'open'; readonly record: string; readonly field: string; readonly count: number }
  | {
      readonly is: 'against'
      readonly record: string
      readonly field: string
      readonly message: Bilingual
    }
  /** A warning that could not be given when the field was left. */
  | {
      readonly is: 'doubt'
      readonly record: string
      readonly field: string
      readonly message: Bilingual
    }
  | { readonly is: 'refused'; readonly findings: readonly string[] }

export function finishPage(
  draft: Draft,
  form: FormDefinition,
  assignment: TypingAssignment,
  language: Language,
  units?: UnitLookup,
): Finish {
  const kept = keptRecords(draft, assignment)
  for (const [index, { id }] of kept.entries()) {
    for (const field of fieldsOf(form, assignment, index)) {
      const { error } = lookAtField(form, field, fieldAt(draft, id, field.name), language)
      if (error !== undefined) {
        return { is: 'wrong', record: id, field: field.name, definition: field, error }
      }
    }
  }
  const open = openFields(draft, form, assignment)
  const [first] = open
  if (first !== undefined) return { is: 'open', ...first, count: open.length }
  const records = entryOf(draft, form, assignment)
  const { cells, coreOnly, places } = assignment
  const found = checkFields(form, records, { places, units }).map((finding) => ({
    ...finding,
    record: kept[finding.record - 1]?.id ?? '',
    field: lastOf(fieldsOf(form, assignment, finding.record - 1), finding.fields),
  }))
  const error = found.find(({ severity }) => severity === 'error')
  if (error !== undefined) return { is: 'against', ...placeOf(error) }
  const late = new Set(form.checks?.filter(needsUnits).map(({ name }) => name))
  const doubt = found.find(
    ({ severity, check, record, field }) =>
      severity === 'warning' && late.has(check) && fieldAt(draft, record, field).sure !== true,
  )
  if (doubt !== undefined) return { is: 'doubt', ...placeOf(doubt) }
  // The look that the service takes too; what was looked at above should leave it nothing to find.
  const findings = checkRecords(form, records, { cells, coreOnly, places })
  return findings.length > 0 ? { is: 'refused', findings } : { is: 'ready', records }
}

/**
 * What the form's checks between fields say when a field is left that is the last of those they look
 * at: before that, what they need is not typed yet.
 */
export function checksEndingAt(
  draft: Draft,
  form: FormDefinition,
  assignment: TypingAssignment,
  field: FieldDefinition,
  units?: UnitLookup,
): Bilingual[] {
  if (form.checks === undefined) return []
  const at = keptRecords(draft, assignment).findIndex(({ id }) => id === draft.record) + 1
  const fields = fieldsOf(form, assignment, at - 1)
  return checkFields(form, entryOf(draft, form, assignment), { places: assignment.places, units })
    .filter(({ record, severity }) => record === at && severity !== 'information')
    .filter((finding) => lastOf(fields, finding.fields) === field.name)
    .map(({ message }) => message)
}

/** Whoever knows units is asked from here, and the answer comes after the field was left. */
function needsUnits({ rule }: FieldCheck): boolean {
  return rule.kind === 'unit-on-date'
}

function placeOf<P extends { record: string; field: string; message: Bilingual }>(found: P) {
  const { record, field, message } = found
  return { record, field, message }
}

function lastOf(fields: readonly FieldDefinition[], names: readonly string[]): string {
  return fields.findLast(({ name }) => names.includes(name))?.name ?? fields[0]?.name ?? ''
}
