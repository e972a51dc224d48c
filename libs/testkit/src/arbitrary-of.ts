/**
 * Values that a contract takes, made from the contract itself. No library is used: those that turn
 * JSON Schema into fast-check arbitraries stand on its first version and know no patterns.
 */
import fc from 'fast-check'

/** A contract as JSON Schema, whether it is a TypeBox value or came over the wire. */
export type JsonSchema = Readonly<Record<string, unknown>>

export interface ArbitraryOptions {
  /** Ids that mean something where the values go; fresh ones are mixed in. */
  readonly ids?: readonly string[]
  /** Stands at the beginning of every text that has room for it, to be recognised elsewhere. */
  readonly canary?: string
}

const ID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
const LINE_PATTERN = '^[^\\u0000-\\u001f\\u007f]*$'
const TEXT_LENGTH_MAX = 40
const ITEMS_MAX = 4
const KEYS_MAX = 4
/** Of a moment as text. */
const DAY_LENGTH = 10

/** Valid values of a schema; what it leaves open is kept small. Throws on a schema of an unknown kind. */
export function arbitraryOf(schema: object, options: ArbitraryOptions = {}): fc.Arbitrary<unknown> {
  const is = schema as JsonSchema
  if ('const' in is) return fc.constant(is['const'])
  if (Array.isArray(is['enum'])) return fc.constantFrom(...is['enum'])
  const members = is['anyOf'] ?? is['oneOf']
  if (Array.isArray(members)) {
    return fc.oneof(...members.map((member: object) => arbitraryOf(member, options)))
  }
  switch (is['type']) {
    case 'object':
      return objectOf(is, options)
    case 'array':
      return arrayOf(is, options)
    case 'string':
      return textOf(is, options)
    case 'integer':
      return integerOf(is)
    case 'number':
      return fc.double({ ...boundsOf(is), noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case undefined:
      return fc.jsonValue({ maxDepth: 2 })
    default:
      throw new TypeError(`no arbitrary for schemas of type ${String(is['type'])}`)
  }
}

function objectOf(schema: JsonSchema, options: ArbitraryOptions): fc.Arbitrary<unknown> {
  const patterns = Object.entries((schema['patternProperties'] ?? {}) as Record<string, object>)
  const [pattern] = patterns
  if (pattern !== undefined) {
    const key = textOf({ type: 'string', pattern: pattern[0] }, options)
    return fc.dictionary(key, arbitraryOf(pattern[1], options), { maxKeys: KEYS_MAX })
  }
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, object>)
  const model = properties.map(
    ([name, property]) => [name, arbitraryOf(property, options)] as const,
  )
  const requiredKeys = (schema['required'] ?? []) as string[]
  // Without a prototype fast-check's records would differ from what JSON.parse makes.
  return fc.record(Object.fromEntries(model), { requiredKeys, noNullPrototype: true })
}

function arrayOf(schema: JsonSchema, options: ArbitraryOptions): fc.Arbitrary<unknown> {
  const { items, prefixItems, minItems = 0, maxItems } = schema as List
  const tuple: unknown = prefixItems ?? schema['items']
  if (Array.isArray(tuple)) {
    return fc.tuple(...tuple.map((item: object) => arbitraryOf(item, options)))
  }
  const maxLength = Math.min(maxItems ?? ITEMS_MAX, Math.max(minItems, ITEMS_MAX))
  const item = arbitraryOf(items ?? {}, options)
  return schema['uniqueItems'] === true
    ? fc.uniqueArray(item, {
        minLength: minItems,
        maxLength: Math.min(maxLength, kindsOf(items ?? {})),
      })
    : fc.array(item, { minLength: minItems, maxLength })
}

interface List {
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly maxItems?: number
}

/** How many different values there are, where the schema tells. */
function kindsOf(items: JsonSchema): number {
  return Array.isArray(items['enum']) ? items['enum'].length : Number.POSITIVE_INFINITY
}

function textOf(schema: JsonSchema, options: ArbitraryOptions): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema as Text
  if (pattern === ID_PATTERN || format === 'uuid') return idOf(options)
  if (format === 'date-time') return momentOf()
  if (format === 'date') return momentOf().map((moment) => moment.slice(0, DAY_LENGTH))
  if (format !== undefined) throw new TypeError(`no arbitrary for texts of format ${format}`)
  const isFree = pattern === undefined || pattern === LINE_PATTERN
  if (!isFree) return patternText(pattern, { minLength, maxLength })
  const bounds = { minLength, maxLength: Math.min(maxLength, minLength + TEXT_LENGTH_MAX) }
  return withCanary(freeText(bounds, pattern === LINE_PATTERN), bounds, options)
}

interface Text {
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
}

function idOf({ ids = [] }: ArbitraryOptions): fc.Arbitrary<string> {
  const fresh = fc.uuid()
  return ids.length === 0 ? fresh : fc.oneof(fresh, fc.constantFrom(...ids))
}

function momentOf(): fc.Arbitrary<string> {
  const min = new Date('1900-01-01T00:00:00Z')
  const max = new Date('2999-12-31T23:59:59Z')
  return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString())
}

interface Bounds {
  readonly minLength: number
  readonly maxLength: number
}

const SURROGATES = { first: 0xd800, count: 0x800 }
/** Not fast-check's own text: for that it makes a table of all code points, a second of everybody's start. */
const CODE_POINT = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((index) => index + (index < SURROGATES.first ? 0 : SURROGATES.count))
/** JSON Schema counts code points. */
const CHARACTER = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'aeĐđ Ặệ01-\'"\\/<&%') },
  { weight: 1, arbitrary: CODE_POINT.map((point) => String.fromCodePoint(point)) },
)

function freeText(bounds: Bounds, isLine: boolean): fc.Arbitrary<string> {
  const text = fc.string({ ...bounds, unit: CHARACTER })
  return isLine ? text.map((line) => line.replaceAll(/\p{Cc}/gu, '_')) : text
}

function withCanary(
  text: fc.Arbitrary<string>,
  { maxLength }: Bounds,
  { canary = '' }: ArbitraryOptions,
): fc.Arbitrary<string> {
  if (canary === '' || maxLength < canary.length) return text
  return text.map((rest) => [...`${canary}${rest}`].slice(0, maxLength).join(''))
}

/** Names, numbers and the like: they are told in refusals, so no canary is put into them. */
function patternText(pattern: string, { minLength, maxLength }: Bounds): fc.Arbitrary<string> {
  const fits = ({ length }: string) => length >= minLength && length <= maxLength
  return matching(pattern).filter(fits)
}

/** By pattern, of which contracts have a handful: fast-check takes long to take one to pieces. */
const MATCHING = new Map<string, fc.Arbitrary<string>>()

function matching(pattern: string): fc.Arbitrary<string> {
  const known = MATCHING.get(pattern)
  if (known !== undefined) return known
  const made = fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' })
  MATCHING.set(pattern, made)
  return made
}

function integerOf(schema: JsonSchema): fc.Arbitrary<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = boundsOf(schema)
  return fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) })
}

function boundsOf(schema: JsonSchema): { min?: number; max?: number } {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number }
  return {
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum === undefined ? {} : { max: maximum }),
  }
}
