import { DESCRIPTIONS } from './descriptions.gen.ts'
import type { Json } from './schema-writer.ts'

/** What the code says about something that the contracts export, or about a part of it. */
export function wordsAbout(path: string): string | undefined {
  return DESCRIPTIONS[path]
}

/** The schema with the code's words about it and about each of its properties. */
export function describe(schema: Json, path: string): Json {
  const words = wordsAbout(path)
  const inside = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, describeInside(key, value, path)]),
  )
  if (words === undefined) return inside
  // Beside a reference nothing counts, in the older of the two dialects.
  return '$ref' in schema
    ? { description: words, allOf: [inside] }
    : { description: words, ...inside }
}

function describeInside(key: string, value: unknown, path: string): unknown {
  if (!isObject(value)) return value
  switch (key) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [
          name,
          isObject(part) ? describe(part, `${path}.${name}`) : part,
        ]),
      )
    case 'anyOf':
      return Object.values(value).map((part) =>
        isObject(part) ? describe(part, pathOfMember(part, path)) : part,
      )
    case 'items':
      // The words about a list are those of the list, not of what is in it.
      return Array.isArray(value) ? value : describe(value, `${path}[]`)
    default:
      return value
  }
}

/** Members of a union are told apart by their `type`; others have no words of their own. */
function pathOfMember(member: Json, path: string): string {
  const properties = isObject(member['properties']) ? member['properties'] : {}
  const type = isObject(properties['type']) ? properties['type']['const'] : undefined
  return typeof type === 'string' ? `${path}.${type}` : `${path}|`
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
