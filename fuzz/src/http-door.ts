/** One operation of the HTTP API, called in every wrong way, and now and then in the right one. */
import { ROLES, type Role, SESSION_COOKIE } from '@songnhap/contracts'
import {
  type ArbitraryOptions,
  arbitraryOf,
  hostileText,
  type Operation,
  type Parameter,
} from '@songnhap/testkit'
import fc from 'fast-check'
import type { Pool } from 'undici'
import { CANARY } from './canary.ts'
import { type Door, openDoor } from './door.ts'
import { type Attacker, type Ground, PEOPLE_OF_ROLE } from './ground.ts'
import { type HttpAnswer, judgeAnswer } from './judge-answer.ts'
import { multipartBody } from './multipart-body.ts'
import { passes } from './passes.ts'

interface HttpInput {
  readonly who: Who
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  /** Whoever sends it, it breaks the contract of this operation. */
  readonly broken: boolean
}

type Who = { readonly role: Role | 'nobody' | 'stranger'; readonly number: number }

const OVERSIZE_BYTES = 600 * 1024
const WEIGHT = 20
/** The same call again and again, or one that a password is hashed for. */
const WEIGHT_SMALL = 2

export function httpDoor(
  operation: Operation,
  ground: Ground,
  pool: Pool,
  origin: string,
  onlyBroken: boolean,
): Door {
  const { method, path, access, parameters, body } = operation
  const isSame = parameters.every((one) => one.in === 'header') && body === undefined
  const all = inputsOf(operation, ground.ids)
  const isDear = access === 'public' && body !== undefined
  return openDoor(
    `${method} ${path}`,
    isSame || isDear ? WEIGHT_SMALL : WEIGHT,
    onlyBroken ? brokenOf(operation, all) : all,
    async (input) => {
      const attacker = attackerOf(ground, input.who)
      const own = ownHeaders(input.who, attacker, origin)
      const answer = await call(pool, method, input, own)
      if (answer === undefined) return 'CUT'
      if (answer.status === 401 && input.headers['cookie'] === undefined)
        await attacker?.renew(own['cookie'])
      // Of a refusal a HEAD brings the status, and no code.
      if (method === 'HEAD' && answer.status >= 400 && answer.status < 500) {
        return `HTTP ${answer.status}`
      }
      return judgeAnswer(answer, input.broken || !isAllowed(access, input.who))
    },
  )
}

/** What would be a good call is made by somebody unknown; what anybody may ask is left out. */
function brokenOf({ access, body }: Operation, all: fc.Arbitrary<HttpInput>) {
  const stranger: Who = { role: 'stranger', number: 0 }
  if (access === 'public') return body === undefined ? all : all.filter(({ broken }) => broken)
  return all.map((input) => (input.broken ? input : { ...input, who: stranger }))
}

function isAllowed(access: unknown, { role }: Who): boolean {
  if (access === 'public') return true
  if (role === 'nobody' || role === 'stranger') return false
  return access === 'signed-in' || (Array.isArray(access) && access.includes(role))
}

function attackerOf({ people }: Ground, { role, number }: Who): Attacker | undefined {
  return role === 'nobody' || role === 'stranger' ? undefined : people.get(role)?.[number]
}

function ownHeaders(who: Who, attacker: Attacker | undefined, origin: string) {
  if (attacker !== undefined) return attacker.headers()
  const cookie = who.role === 'stranger' ? { cookie: `${SESSION_COOKIE}=${CANARY}` } : {}
  return { origin, ...cookie }
}

function inputsOf(operation: Operation, ids: readonly string[]): fc.Arbitrary<HttpInput> {
  const options = { ids, canary: CANARY }
  const roles: readonly Who['role'][] = [
    ...allowedRoles(operation.access),
    'nobody',
    'stranger',
    ...ROLES,
  ]
  const number = fc.nat({ max: PEOPLE_OF_ROLE - 1 })
  const who = fc.record<Who>({ role: fc.constantFrom(...roles), number })
  return fc
    .tuple(who, addressOf(operation, options), bodyOf(operation, options), strangeHeaders())
    .map(([sender, address, body, strange]) => ({
      who: sender,
      path: address.path,
      headers: { ...body.headers, ...strange },
      body: body.bytes,
      broken: address.broken || body.broken,
    }))
}

/** Most inputs come from somebody who gets past the guard. */
function allowedRoles(access: unknown): readonly Role[] {
  const allowed = Array.isArray(access) ? ROLES.filter((role) => access.includes(role)) : ROLES
  return [...allowed, ...allowed, ...allowed]
}

interface Address {
  readonly path: string
  readonly broken: boolean
}

function addressOf(
  { path, parameters }: Operation,
  options: ArbitraryOptions,
): fc.Arbitrary<Address> {
  const used = parameters.filter((parameter) => parameter.in === 'path' || parameter.in === 'query')
  return fc.tuple(...used.map((one) => partOf(one, options))).map((parts) => {
    let filled = path
    const query: string[] = []
    for (const [index, { name, in: place }] of used.entries()) {
      const text = parts[index]?.text
      if (text === undefined) continue
      if (place === 'path') filled = filled.replace(`{${name}}`, text)
      else query.push(`${name}=${text}`)
    }
    const whole = query.length === 0 ? filled : `${filled}?${query.join('&')}`
    return { path: whole, broken: parts.some((part) => part.broken) }
  })
}

interface Part {
  /** As it stands in the address; undefined: left out. */
  readonly text: string | undefined
  readonly broken: boolean
}

const STRANGE_PARTS = [
  ...[
    '%',
    '%zz',
    '%00',
    '%2e%2e',
    '..',
    '%c0%af',
    '%ed%a0%80',
    '%0d%0aset-cookie:a=b',
    '__proto__',
  ],
  ...['constructor', CANARY, `${CANARY}%`, 'null', '*', ':id', '%25', `${CANARY}%ff`],
]

function partOf({ schema, required, in: place }: Parameter, options: ArbitraryOptions) {
  const valid = arbitraryOf(schema, options).map(
    (value): Part => ({
      text: encodeURIComponent(String(value)),
      broken: false,
    }),
  )
  const long = fc.nat({ max: 3_000 }).map((length) => `${CANARY}${'a'.repeat(length)}`)
  const strange = fc
    .oneof(fc.constantFrom(...STRANGE_PARTS), long)
    // In a query it may be a name that somebody looks for; no path has room for any of it.
    .map((text): Part => ({ text, broken: place !== 'query' || !isAllowedIn(schema, text) }))
  // An address without one of its parts is another address, and may be a good one.
  const absent = fc.constant<Part>({ text: undefined, broken: required })
  const absents = place === 'query' ? [{ weight: 1, arbitrary: absent }] : []
  return fc.oneof({ weight: 4, arbitrary: valid }, { weight: 1, arbitrary: strange }, ...absents)
}

/** As the gateway reads it: what cannot be decoded stands for itself. */
function isAllowedIn(schema: Parameter['schema'], text: string): boolean {
  let decoded = text
  try {
    decoded = decodeURIComponent(text)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
  }
  return passes(schema, Buffer.from(JSON.stringify(decoded)), 'strictly')
}

interface Body {
  readonly bytes: Buffer | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly broken: boolean
}

function bodyOf({ method, body }: Operation, options: ArbitraryOptions): fc.Arbitrary<Body> {
  if (body === undefined) return method === 'GET' ? noBody() : fc.oneof(noBody(), junkBody())
  if (body.mediaType !== 'application/json') return multipartBody()
  const headers = { 'content-type': 'application/json' }
  const judged = (bytes: Buffer): Body => ({
    bytes,
    headers,
    broken: !passes(body.schema, bytes, 'strictly'),
  })
  const valid = arbitraryOf(body.schema, options).map((value) => Buffer.from(JSON.stringify(value)))
  const otherType = fc
    .tuple(valid, strangeType())
    .map(([bytes, type]): Body => ({ bytes, headers: { 'content-type': type }, broken: false }))
  return fc.oneof(
    { weight: 2, arbitrary: valid.map(judged) },
    { weight: 6, arbitrary: hostileText(body.schema, options).map(judged) },
    { weight: 1, arbitrary: otherType },
    { weight: 1, arbitrary: fc.constant<Body>({ bytes: undefined, headers, broken: true }) },
  )
}

function noBody(): fc.Arbitrary<Body> {
  return fc.constant({ bytes: undefined, headers: {}, broken: false })
}

/** Where no body is due it is looked past or refused, and never stored. */
function junkBody(): fc.Arbitrary<Body> {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 100 }).map((array) => Buffer.from(array)),
    fc.constantFrom(Buffer.alloc(OVERSIZE_BYTES, CANARY), Buffer.from(`{"${CANARY}":1}`)),
  )
  return fc
    .tuple(bytes, strangeType())
    .map(([array, type]) => ({ bytes: array, headers: { 'content-type': type }, broken: false }))
}

function strangeType(): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...['text/plain', 'application/xml', 'application/json; charset=utf-16', `${CANARY}/${CANARY}`],
    ...['application/json; charset=', 'multipart/form-data', 'application/x-www-form-urlencoded'],
    ...['multipart/form-data; boundary=', 'application/json;application/json', ';', '/', 'null'],
  )
}

function strangeHeaders(): fc.Arbitrary<Record<string, string>> {
  const one = fc.constantFrom<Record<string, string>>(
    { 'x-forwarded-for': CANARY },
    { cookie: `${SESSION_COOKIE}="${CANARY}` },
    { cookie: `${CANARY}=%; __proto__=1;;;=` },
    { origin: `http://${CANARY}.example` },
    { authorization: `Bearer ${CANARY}` },
    { range: `bytes=${CANARY}` },
    { 'content-encoding': 'gzip' },
    { 'x-http-method-override': 'DELETE' },
    { 'if-none-match': `"${CANARY}` },
    { accept: 'text/html', 'accept-encoding': 'identity;q=0' },
  )
  return fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: one })
}

/** Undefined when the line was cut, as it may be under a body that is too large. */
async function call(
  pool: Pool,
  method: string,
  { path, headers, body }: HttpInput,
  own: Readonly<Record<string, string>>,
): Promise<HttpAnswer | undefined> {
  try {
    const answer = await pool.request({
      path,
      method,
      headers: { ...own, ...headers },
      body: body ?? null,
    })
    const text = await answer.body.text()
    return { status: answer.statusCode, headers: JSON.stringify(answer.headers), body: text }
  } catch (error) {
    if (isCut(error)) return undefined
    throw error
  }
}

function isCut(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(String(error.code))
}
