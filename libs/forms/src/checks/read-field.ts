import { type Contents, type PartialDate, readDate, standardForm } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, Mark } from '@songnhap/contracts'

/** The value of a field that was read without any doubt; undefined for everything else. */
export function plainValue(record: Contents, name: string): string | undefined {
  // Own properties only: a field may be called `constructor`.
  const reading = Object.hasOwn(record, name) ? record[name] : undefined
  return reading == null || reading.mark !== undefined || reading.value === ''
    ? undefined
    : reading.value
}

/** The value in the form in which equal values are the same; undefined where there is none. */
export function standardValue(
  form: FormDefinition,
  record: Contents,
  name: string,
): string | undefined {
  const [value, field] = [plainValue(record, name), fieldOf(form, name)]
  return value === undefined || field === undefined ? undefined : standardForm(field, value)
}

export function dateIn(record: Contents, name: string): PartialDate | null {
  const value = plainValue(record, name)
  return value === undefined ? null : readDate(value)
}

export function fieldOf(form: FormDefinition, name: string): FieldDefinition | undefined {
  return form.fields.find((field) => field.name === name)
}

type Presence = 'there' | 'nothing' | 'unknown'

/** What a mark says about whether anything is written in the field. */
const PRESENCE_OF_MARK: Record<Mark, Presence> = {
  blank: 'nothing',
  illegible: 'there',
  'partly-legible': 'there',
  torn: 'unknown',
  'struck-out': 'unknown',
  ditto: 'there',
}

/** Whether something is written in a field, legible or not. */
export function presenceIn(record: Contents, name: string): Presence {
  const reading = Object.hasOwn(record, name) ? record[name] : undefined
  if (reading == null) return 'unknown'
  if (reading.mark !== undefined) return PRESENCE_OF_MARK[reading.mark]
  return reading.value === '' ? 'nothing' : 'there'
}
