import { SESSION_COOKIE } from '@songnhap/contracts'
import type { Operation } from './doors.ts'
import type { Knowledge } from './example-of.ts'
import type { Asking } from './exchange.ts'
import { type Visit, withWrongIds } from './visit.ts'

type Variant = (operation: Operation, known: Knowledge) => Asking
const change =
  (how: (asking: Asking) => Partial<Asking>): Variant =>
  (operation, known) => {
    const asking = operation.ask(known)
    return { ...asking, ...how(asking) }
  }
const headed = (headers: Record<string, string>) =>
  change((asking) => ({ headers: { ...asking.headers, ...headers } }))

/** All the ways to knock at a door besides the right one. */
const VARIANTS: Readonly<Record<string, Variant>> = {
  'with wrong ids': (operation, known) => operation.ask(withWrongIds(known)),
  'without a session': headed({ cookie: '' }),
  'with a made-up session': headed({ cookie: `${SESSION_COOKIE}=${'A'.repeat(43)}` }),
  'from elsewhere': headed({ origin: 'https://khac.example' }),
  'with a malformed path': change(({ path }) => ({ path: `${path}%00` })),
  'with a query nobody knows': change(({ path }) => ({ path: `${path}?passes=1&after=0` })),
  'with an empty body': change(() => ({ headers: JSON_BODY, body: '{}' })),
  'with a field too many': change(({ body }) => ({
    headers: JSON_BODY,
    body: (body ?? '{}').replace(/\}$/, body === '{}' || !body ? '"x":1}' : ',"x":1}'),
  })),
  'with a body that is no JSON': change(() => ({ headers: JSON_BODY, body: '{"' })),
  'with a body of another kind': change(() => ({
    headers: { 'content-type': 'text/xml' },
    body: 'x',
  })),
  'as HEAD': change(() => ({ method: 'HEAD', body: '' })),
  'as OPTIONS': change(() => ({ method: 'OPTIONS', body: '' })),
  'if it changed': headed({ 'if-none-match': '*', 'if-modified-since': new Date(0).toUTCString() }),
  'a part of it': headed({ range: 'bytes=0-9' }),
  'by another method': change(({ method }) => ({ method: method === 'PUT' ? 'PATCH' : 'PUT' })),
}
type Knock = [how: string, variant: Variant]
const FIRST = 'with wrong ids'
const AT_SHUT_DOORS = new Set([
  'with a malformed path',
  'with an empty body',
  'as HEAD',
  'a part of it',
])
const JSON_BODY = { 'content-type': 'application/json' }

/** Addresses that lead nowhere, or are meant to lead out of the public folder. */
const NOWHERE = [
  '/api',
  '/api/',
  '/api/khong-co',
  '/khong-co.js',
  '/../images',
  '/..%2fimages%2foriginals',
  '/%2e%2e/%2e%2e/services/gateway/package.json',
  '/images/originals',
]

/** Every operation in every way, each with a page on the desk that is given back where it was lost. */
export async function tryEveryDoor(
  visit: Visit,
  operations: readonly Operation[],
  moment: string,
): Promise<void> {
  for (const operation of operations) {
    let variants = Object.entries(VARIANTS)
    while (variants.length > 0) {
      const [[how, variant], ...more] = variants as [Knock, ...Knock[]]
      await visit.ask(`${operation.title} ${how}, ${moment}`, variant(operation, visit.known))
      // Refused for its role before anything is looked at, a door has nothing to tell by most of the others.
      const isShut = how === FIRST && !operation.needsLease && visit.transcript.lastStatus === 403
      variants = isShut ? more.filter(([name]) => AT_SHUT_DOORS.has(name)) : more
    }
    await visit.ask(`${operation.title}, ${moment}`, operation.ask(visit.known))
  }
}

export async function tryEveryFile(visit: Visit, files: readonly string[]): Promise<void> {
  for (const path of ['/', ...files, ...NOWHERE]) {
    for (const method of ['GET', 'HEAD', 'POST']) {
      await visit.ask(`${method} ${path}`, { method, path, headers: {} })
    }
    const headers = { cookie: '', range: 'bytes=0-9', 'if-none-match': '*' }
    await visit.ask(`a part of ${path}`, { method: 'GET', path, headers })
  }
}
