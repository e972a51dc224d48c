import { type Content, isDitto, standsFor } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, Reading } from '@songnhap/contracts'
import type { SettledRecordValues } from '../compared.ts'
import { valuesAbove } from '../settle-dittos.ts'

interface SettledAt {
  readonly form: FormDefinition
  readonly records: readonly SettledRecordValues[]
}

/** What was settled at a place of a page. */
export function settledAt({ records }: SettledAt, record: number, field: string): Content {
  const value = records.find((one) => one.record === record)?.values[field]
  if (value === undefined) throw new Error('a field was drawn that is not settled')
  return value
}

/** A reading, or what it stands for where it is a ditto mark: read beside what is settled above it. */
export function meantBy(
  { form, records }: SettledAt,
  { record, field, reading }: { record: number; field: FieldDefinition; reading: Reading },
): Content {
  if (!isDitto(field, reading)) return reading
  const index = records.findIndex((one) => one.record === record)
  const values = records[index]?.values ?? {}
  const above = valuesAbove(form, record, records[index - 1])
  return standsFor(form, field, { ...values, [field.name]: reading }, above) ?? reading
}
