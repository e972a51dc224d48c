import type { FieldDefinition } from '@songnhap/contracts'

/** Own properties only: a field may be called `constructor`. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

/**
 * One person's reading of a field. Null where somebody moved it away, and in a field that the other
 * person keys; any other field that is not there is a fault of whoever says that the record fits.
 */
export function readingOf<R>(
  field: Pick<FieldDefinition, 'name' | 'entry'>,
  record: Readonly<Record<string, R | null>>,
): R | null {
  const { name } = field
  const reading = INHERITED.has(name) && !Object.hasOwn(record, name) ? undefined : record[name]
  if (reading === undefined && field.entry !== 'single') {
    throw new Error(`a record has no reading of ${name}`)
  }
  return reading ?? null
}
