import type { TSchema } from 'typebox'
import { describe } from './describe.ts'
import { findContracts } from './find-contracts.ts'

/** JSON Schema as it stands in a document. */
export type Json = { readonly [key: string]: unknown }

/** How a document writes schemas down. */
export interface SchemaWriter {
  /** The schema, with references instead of what has a name. `path` finds the words about it. */
  write(schema: TSchema, path: string): Json
  /** All schemas that have a name. */
  readonly named: Json
}

/**
 * Writes schemas with references to the named ones (`#/components/schemas/…`, in both kinds of
 * document). A part is known by its text: composing contracts makes copies, so identity would not do.
 */
export function schemaWriter(dialect: (schema: Json) => Json = (schema) => schema): SchemaWriter {
  const schemas = findContracts().schemas
  const nameOf = new Map<string, string>()
  for (const { name, contract } of schemas) {
    const text = JSON.stringify(contract)
    if (!nameOf.has(text)) nameOf.set(text, name)
  }
  const parts = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(whole)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, whole(part)]))
  }
  const whole = (value: unknown): unknown => {
    const name = typeof value === 'object' ? nameOf.get(JSON.stringify(value)) : undefined
    return name === undefined ? parts(value) : { $ref: `#/components/schemas/${name}` }
  }
  const written = (json: unknown, path: string) =>
    inEach(describe(json as Json, path), dialect) as Json
  return {
    write: (schema, path) => written(whole(JSON.parse(JSON.stringify(schema))), path),
    named: Object.fromEntries(
      schemas.map(({ name, contract }) => [
        name,
        written(parts(JSON.parse(JSON.stringify(contract))), name),
      ]),
    ),
  }
}

function inEach(value: unknown, change: (schema: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((part) => inEach(part, change))
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.entries(value).map(([key, part]) => [key, inEach(part, change)])
  return change(Object.fromEntries(inner))
}
