import type {
  FieldDefinition,
  FormDefinition,
  Reading,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { pickOption } from './choose-option.ts'
import { type Draft, type DraftField, fieldAt, fieldsOf, keptRecords } from './draft.ts'

/** What the draft says in the words of the contract. */
export function entryOf(
  draft: Draft,
  form: FormDefinition,
  assignment: TypingAssignment,
): TypedRecords {
  return keptRecords(draft, assignment).map(({ id }, index) =>
    Object.fromEntries(
      fieldsOf(form, assignment, index).map((field) => [
        field.name,
        readingOf(form, field, fieldAt(draft, id, field.name)),
      ]),
    ),
  )
}

function readingOf(form: FormDefinition, field: FieldDefinition, here: DraftField): Reading {
  const { typed, mark, origin } = pickOption(form, field, here) ?? here
  return { value: typed, origin, ...(mark === undefined ? {} : { mark }) }
}

export interface Open {
  readonly record: string
  readonly field: string
}

/** Fields that are neither typed nor marked and must be, in the order of keying. */
export function openFields(
  draft: Draft,
  form: FormDefinition,
  assignment: TypingAssignment,
): Open[] {
  return keptRecords(draft, assignment).flatMap(({ id }, index) =>
    fieldsOf(form, assignment, index)
      .filter(({ name, required }) => {
        if (required === false) return false
        const { typed, mark } = fieldAt(draft, id, name)
        return mark === undefined ? typed === '' : mark === 'partly-legible' && typed === ''
      })
      .map(({ name }) => ({ record: id, field: name })),
  )
}
