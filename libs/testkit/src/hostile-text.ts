import fc from 'fast-check'
import { type ArbitraryOptions, arbitraryOf } from './arbitrary-of.ts'

/** What somebody who means harm, or whose program is broken, sends where JSON of a schema is due. */
export function hostileText(schema: object, options: ArbitraryOptions = {}): fc.Arbitrary<Buffer> {
  const valid = arbitraryOf(schema, options)
  const bent = fc.tuple(valid, fc.nat(), bendings(options)).map(bend)
  const texts = bent.map((value) => Buffer.from(JSON.stringify(value) ?? ''))
  return fc.oneof(
    { weight: 5, arbitrary: texts },
    { weight: 2, arbitrary: brokenText(valid) },
    { weight: 1, arbitrary: strangeText(options) },
  )
}

type Bending =
  | { readonly how: 'drop' }
  | { readonly how: 'replace'; readonly by: unknown }
  | { readonly how: 'add' | 'rename'; readonly key: string; readonly value: unknown }

const DEEP_MAX = 20_000
const LONG_MAX = 100_000

function bendings({ canary = '' }: ArbitraryOptions): fc.Arbitrary<Bending> {
  const junk = junkOf(canary)
  const key = fc.constantFrom(
    ...['__proto__', 'constructor', 'prototype', 'toString', '', '\u0000', '$ref', '0', '\ud800'],
    // No name of a field: those are told.
    `_${canary}`,
  )
  const how = fc.constantFrom('add' as const, 'rename' as const)
  return fc.oneof(
    fc.constant<Bending>({ how: 'drop' }),
    junk.map<Bending>((by) => ({ how: 'replace', by })),
    fc.record<Bending & { how: 'add' | 'rename' }>({ how, key, value: junk }),
  )
}

function junkOf(canary: string): fc.Arbitrary<unknown> {
  const text = fc.constantFrom(
    ...['', '\u0000', '\ud800', '\udfff\ud800', '\ufeff', '\u202e', "'; --", '../../etc/passwd'],
    ...['%00', '1e999', 'NaN', '\r\nset-cookie: a=b'],
  )
  return fc.oneof(
    fc.constantFrom(null, true, false, 0, -0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308),
    text.map((end) => `${canary}${end}`),
    fc.nat({ max: LONG_MAX }).map((length) => canary + 'Ặ'.repeat(length)),
    fc.constantFrom([], {}, [[]], [null], { [`_${canary}`]: canary }),
    fc.nat({ max: 200 }).map(nested),
    fc.jsonValue({ maxDepth: 2 }),
  )
}

/** Applies a bending at one of the places in a value, counted from the outside. */
function bend([value, place, bending]: [unknown, number, Bending]): unknown {
  const count = countPlaces(value)
  let left = place % count
  const visit = (inner: unknown): unknown => {
    if (left-- === 0) return bendHere(inner, bending)
    if (Array.isArray(inner)) return inner.map(visit)
    if (typeof inner !== 'object' || inner === null) return inner
    return objectFrom(Object.entries(inner).map(([key, part]) => [key, visit(part)]))
  }
  return visit(value)
}

function countPlaces(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, part) => sum + countPlaces(part), 1)
}

function bendHere(value: unknown, bending: Bending): unknown {
  if (bending.how === 'replace') return bending.by
  if (typeof value !== 'object' || value === null) return bending.how === 'drop' ? undefined : {}
  if (Array.isArray(value)) {
    return bending.how === 'drop' ? value.slice(1) : [...value, ...value, bending.value]
  }
  const entries: [string, unknown][] = Object.entries(value)
  const added: [string, unknown][] = bending.how === 'drop' ? [] : [[bending.key, bending.value]]
  return objectFrom(
    bending.how === 'add' ? [...entries, ...added] : [...added, ...entries.slice(1)],
  )
}

/** With own keys only: assigning to `__proto__` would change the object instead. */
function objectFrom(entries: [string, unknown][]): object {
  return Object.fromEntries(entries)
}

/** A valid value whose text is damaged on the way. */
function brokenText(valid: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> {
  const whole = valid.map((value) => Buffer.from(JSON.stringify(value)))
  const position = fc.nat()
  return fc.oneof(
    fc.tuple(whole, position).map(([text, at]) => text.subarray(0, at % text.length)),
    fc.tuple(whole, position, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(spliced),
    whole.map((text) => Buffer.concat([Buffer.from('\ufeff'), text])),
    whole.map((text) => Buffer.concat([text, text])),
    whole.map((text) => Buffer.from(text.toString(), 'utf16le')),
    whole.map((text) => Buffer.from(withEveryKeyTwice(text.toString()))),
    whole.map((text) => Buffer.from(text.toString().replace(/:(?=[^:]*$)/, ':1e999,"x":'))),
  )
}

function spliced([text, at, bytes]: [Buffer, number, Uint8Array]): Buffer {
  const place = at % (text.length + 1)
  return Buffer.concat([text.subarray(0, place), bytes, text.subarray(place)])
}

function withEveryKeyTwice(text: string): string {
  return text.replaceAll(/("[a-zA-Z]+"):/g, '$1:null,$1:')
}

/** Nothing that was ever meant as JSON of a contract. */
function strangeText({ canary = '' }: ArbitraryOptions): fc.Arbitrary<Buffer> {
  const depth = fc.integer({ min: 1, max: DEEP_MAX })
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom('', ' ', 'null', '""', '0', '-0', '[]', 'NaN', '1e999').map(asBytes),
    depth.map((levels) => asBytes('['.repeat(levels) + ']'.repeat(levels))),
    depth.map((levels) => asBytes(`${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`)),
    depth.map((levels) => asBytes('['.repeat(levels))),
    fc.constant(asBytes(`{"__proto__":{"${canary}":true}}`)),
    fc.jsonValue().map((value) => asBytes(JSON.stringify(value))),
    fc.nat({ max: LONG_MAX }).map((length) => asBytes(canary + '9'.repeat(length))),
  )
}

const asBytes = (text: string) => Buffer.from(text)

function nested(levels: number): unknown {
  let value: unknown = 0
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
