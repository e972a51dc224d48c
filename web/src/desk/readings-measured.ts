import type { FormDefinition, TypingAssignment } from '@songnhap/contracts'
import { type Draft, fieldAt, fieldsOf, keptRecords } from './draft.ts'
import type { Kept } from './effort-meter.ts'

/** The readings that are sent, with their text where it was typed by letters: an option is chosen by its number. */
export function readingsMeasured(
  draft: Draft,
  form: FormDefinition,
  assignment: TypingAssignment,
): Kept[] {
  return keptRecords(draft, assignment).flatMap(({ id }, index) =>
    fieldsOf(form, assignment, index).map(({ name, kind }) => {
      const { typed, mark, origin } = fieldAt(draft, id, name)
      const isTyped = kind !== 'choice' && mark === undefined && origin === 'typed'
      return { record: id, field: name, typed: isTyped ? typed : undefined }
    }),
  )
}
