import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'

export function findField(form: FormDefinition, name: string): FieldDefinition | undefined {
  return form.fields.find((field) => field.name === name)
}
