import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { withListsResolved } from './with-lists-resolved.ts'

/** The field of that name, with its list written out as options. */
export function findField(form: FormDefinition, name: string): FieldDefinition | undefined {
  return withListsResolved(form).fields.find((field) => field.name === name)
}
