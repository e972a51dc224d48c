import type { FieldDefinition, FieldOption, FormDefinition } from '@songnhap/contracts'

/** What may be picked in a field: its own options, or those of the form's list that it names. */
export function optionsOf(
  form: FormDefinition,
  { options, list }: FieldDefinition,
): readonly FieldOption[] {
  if (options !== undefined || list === undefined) return options ?? []
  return (
    form.lists?.find(({ name, date }) => name === list.name && date === list.date)?.entries ?? []
  )
}

const resolved = new WeakMap<FormDefinition, FormDefinition>()

/**
 * The form with every list written out as the options of its fields: for working with, not for
 * storing. The same object each time, since what works with fields remembers things about them.
 */
export function withListsResolved(form: FormDefinition): FormDefinition {
  const known = resolved.get(form)
  if (known !== undefined) return known
  const whole = {
    ...form,
    fields: form.fields.map((field) =>
      field.list === undefined ? field : { ...field, options: [...optionsOf(form, field)] },
    ),
  }
  resolved.set(form, whole)
  // Done twice, it changes nothing more.
  resolved.set(whole, whole)
  return whole
}
