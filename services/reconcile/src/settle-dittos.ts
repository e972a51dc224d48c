import { isDitto, standsFor } from '@songnhap/comparators'
import type { FormDefinition } from '@songnhap/contracts'
import type { SettledRecordValues } from './compared.ts'

/** A ditto mark that was settled as such stands for what the field above, or beside it, settled to. */
export function settleDittos(
  form: FormDefinition,
  records: readonly SettledRecordValues[],
): SettledRecordValues[] {
  const fields = form.fields.filter(({ dittoFrom }) => dittoFrom !== undefined)
  const settled: SettledRecordValues[] = []
  for (const { record, values } of records) {
    const above = valuesAbove(form, record, settled.at(-1))
    const meant = fields.flatMap((field) => {
      const value = values[field.name]
      if (value === undefined || !isDitto(field, value)) return []
      const content = standsFor(form, field, values, above)
      if (content === null) return []
      const { mark: _, ...rest } = value
      const { value: text, mark } = content
      const resolved = { ...rest, value: text, ...(mark === undefined ? {} : { mark }) }
      return [[field.name, resolved] as const]
    })
    settled.push({ record, values: { ...values, ...Object.fromEntries(meant) } })
  }
  return settled
}

/** Where the record above was ruled not to be there, nobody said what a ditto mark repeats. */
export function valuesAbove(
  form: FormDefinition,
  record: number,
  above: SettledRecordValues | undefined,
): SettledRecordValues['values'] | null {
  return above?.record === record - 1 && form.recordOrder !== 'free' ? above.values : null
}
