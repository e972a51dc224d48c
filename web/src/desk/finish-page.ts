import type {
  FieldDefinition,
  FormDefinition,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { checkRecords } from '@songnhap/forms'
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
      readonly field: FieldDefinition
      readonly error: NonNullable<Look['error']>
    }
  | { readonly is: 'open'; readonly record: string; readonly field: string; readonly count: number }
  | { readonly is: 'refused'; readonly findings: readonly string[] }

export function finishPage(
  draft: Draft,
  form: FormDefinition,
  assignment: TypingAssignment,
  language: Language,
): Finish {
  const fields = fieldsOf(form, assignment)
  for (const { id } of keptRecords(draft, assignment)) {
    for (const field of fields) {
      const { error } = lookAtField(form, field, fieldAt(draft, id, field.name), language)
      if (error !== undefined) return { is: 'wrong', record: id, field, error }
    }
  }
  const open = openFields(draft, form, assignment)
  const [first] = open
  if (first !== undefined) return { is: 'open', ...first, count: open.length }
  const records = entryOf(draft, form, assignment)
  // The look that the service takes too; what was looked at above should leave it nothing to find.
  const findings = checkRecords({ ...form, fields: [...fields] }, records)
  return findings.length > 0 ? { is: 'refused', findings } : { is: 'ready', records }
}
