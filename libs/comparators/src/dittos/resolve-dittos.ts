import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import type { Content } from '../compare-readings.ts'
import { hasOwnMeaning, isDitto } from './is-ditto.ts'

/** One record, whoever says so. Null or absent: nobody read the field. */
export type Contents = Readonly<Record<string, Content | null>>

/**
 * What a reading stands for, where it is a ditto mark: the meaning typed beside it, or what stands in
 * the field to which the form says that it refers. Null where that is nothing, or again a ditto mark.
 * `above` is the record before, with its own ditto marks resolved.
 */
export function standsFor(
  form: FormDefinition,
  field: FieldDefinition,
  here: Contents,
  above: Contents | null,
): Content | null {
  let at: FieldDefinition | undefined = field
  // Fields can refer to fields, at worst in a circle.
  for (let steps = 0; at !== undefined && steps <= form.fields.length; steps += 1) {
    const content = contentOf(here, at.name)
    if (content === null || !isDitto(at, content)) return content
    if (hasOwnMeaning(content)) return { value: content.value }
    if (at.dittoFrom === 'record-above') {
      const upper = above && contentOf(above, at.name)
      return upper === null || isDitto(at, upper) ? null : withoutOrigin(upper)
    }
    const next: string | undefined = at.dittoFrom
    at = form.fields.find(({ name }) => name === next)
  }
  return null
}

/**
 * The records with every ditto mark replaced by what it stands for; a mark that refers to nothing
 * stays. The records given are untouched. Records are in the order of one entry: a ditto mark refers
 * to the line above as its own reader saw it. Null: a record that this reader does not have.
 */
export function resolveDittos<R extends Contents | null>(
  form: FormDefinition,
  records: readonly R[],
): readonly (R | Contents)[] {
  const fields = form.fields.filter(({ dittoFrom }) => dittoFrom !== undefined)
  if (fields.length === 0) return records
  let above: Contents | null = null
  return records.map((record) => {
    if (record === null) return record
    const resolved: R | Contents = resolveRecord(form, fields, record, above)
    above = resolved
    return resolved
  })
}

function resolveRecord<R extends Contents>(
  form: FormDefinition,
  fields: readonly FieldDefinition[],
  record: R,
  above: Contents | null,
): R | Contents {
  const found = fields.flatMap((field) => {
    const content = contentOf(record, field.name)
    if (content === null || !isDitto(field, content)) return []
    const meant = standsFor(form, field, record, above)
    return meant === null ? [] : [[field.name, meant] as const]
  })
  return found.length === 0 ? record : { ...record, ...Object.fromEntries(found) }
}

/** Own properties only: a field may be called `constructor`. */
function contentOf(record: Contents, name: string): Content | null {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null
}

/** A value that is repeated was not typed, picked or carried here. */
function withoutOrigin({ value, mark }: Content): Content {
  return mark === undefined ? { value } : { value, mark }
}
