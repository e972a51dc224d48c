/** A JSON Schema, as the OpenAPI document without its references and the contracts hold them. */
export interface Schema {
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What somebody knows, by the name under which it is asked for. */
export type Knowledge = Readonly<Record<string, unknown>>

const STRINGS = [
  'một chuỗi bất kỳ',
  'nguoi-la',
  '7',
  '2026-01-02T03:04:05.678Z',
  '2026-01-02',
  'ten@1',
  'ten@2026-01-02',
  'ten',
  '00000000-0000-4000-8000-000000000000',
  '0'.repeat(64),
]

/**
 * Something that fits the schema, made of what is known where that has the right name. Throws for a
 * schema it cannot serve, so that a door that comes later is not passed by because of its arguments.
 */
export function exampleOf(wanted: object, name: string, known: Knowledge): unknown {
  // Every field of a schema may be missing, so any object is one.
  const schema: Schema = wanted
  if (Object.hasOwn(known, name)) return known[name]
  const example = (part: Schema) => exampleOf(part, name, known)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const choice = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0]
  if (choice !== undefined) return example(choice)
  if (Object.keys(schema).length === 0) return {}
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [
          key,
          exampleOf(schema.properties?.[key] ?? {}, key, known),
        ]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => example(schema.items ?? {}))
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return false
    case 'null':
      return null
    case 'string':
      return stringFor(schema, name)
    default:
      throw new Error(`no example for ${name}, which is of type ${schema.type}`)
  }
}

function stringFor(schema: Schema, name: string): string {
  const { pattern = '', minLength = 0, maxLength = Number.POSITIVE_INFINITY, format } = schema
  const form = new RegExp(pattern, 'u')
  const fitting = STRINGS.find(
    (text) =>
      form.test(text) &&
      text.length >= minLength &&
      text.length <= maxLength &&
      (format !== 'date-time' || !Number.isNaN(Date.parse(text))) &&
      (format !== 'date' || DAY.test(text)),
  )
  if (fitting === undefined) throw new Error(`nothing here fits ${name}: teach STRINGS ${pattern}`)
  return fitting
}
