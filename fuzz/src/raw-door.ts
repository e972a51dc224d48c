/** The gateway's port, below HTTP: bytes that are no request, or two, or half a one. */
import { connect } from 'node:net'
import { SESSION_COOKIE } from '@songnhap/contracts'
import fc from 'fast-check'
import { CANARY } from './canary.ts'
import { type Door, openDoor } from './door.ts'
import { judgeAnswer, Violation } from './judge-answer.ts'
import { readAnswers } from './read-answers.ts'

const WEIGHT = 60
const ANSWER_WITHIN_MS = 20_000
/** How long a line is held open on which nothing more comes. */
const HELD_MS = 300
const HEADERS_MANY = 3_000
const HEADER_LONG_CHARS = 70_000

interface RawInput {
  readonly bytes: Buffer
  /** Where it is cut into pieces that are sent one after the other. */
  readonly cuts: readonly number[]
  readonly ending: 'ends' | 'waits' | 'breaks off'
}

export function rawDoor(gatewayUrl: string): Door {
  const { hostname, port } = new URL(gatewayUrl)
  return openDoor('raw', WEIGHT, inputs(), async (input) => {
    const heard = await exchange({ host: hostname, port: Number(port) }, input)
    if (heard === undefined) return 'CUT'
    // Also behind another request on the same line.
    const isHead = input.bytes.includes('HEAD ')
    const answers = isHead ? readAnswers(withoutBody(heard)) : readAnswers(heard)
    if (answers === undefined) throw new Violation('an answer that is not HTTP')
    const codes = answers.map((answer) =>
      isHead ? `HTTP ${answer.status}` : judgeAnswer(answer, false),
    )
    return codes.at(-1) ?? 'NOTHING'
  })
}

/** Whether a body comes depends on what was understood of the request. */
function withoutBody(heard: Buffer): Buffer {
  const end = heard.indexOf('\r\n\r\n')
  return end === -1 ? heard : heard.subarray(0, end + 4)
}

function inputs(): fc.Arbitrary<RawInput> {
  return fc.record({
    bytes: fc.oneof(
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 300 }).map(asBuffer) },
      { weight: 6, arbitrary: request() },
      { weight: 1, arbitrary: fc.tuple(request(), request()).map((two) => Buffer.concat(two)) },
      { weight: 1, arbitrary: fc.tuple(request(), fc.nat()).map(cutOff) },
    ),
    cuts: fc.array(fc.nat({ max: 400 }), { maxLength: 3 }),
    ending: fc.oneof(
      { weight: 20, arbitrary: fc.constant<RawInput['ending']>('ends') },
      { weight: 2, arbitrary: fc.constantFrom<RawInput['ending']>('waits', 'breaks off') },
    ),
  })
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes)
const cutOff = ([bytes, at]: [Buffer, number]) => bytes.subarray(0, (at % bytes.length) + 1)

const METHODS = [
  ...['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH'],
  ...['PURGE', 'M-SEARCH', 'get', 'PRI', 'G\u0000T', CANARY, ''],
]
const TARGETS = [
  ...[
    '/',
    '/api/health',
    '/api/session',
    '/api/stream',
    '/api/none',
    '*',
    '',
    '//',
    '/\\..\\',
    '?',
  ],
  ...[
    '/api/../api/health',
    '/%',
    `/api/%zz${CANARY}`,
    `/${CANARY}%ff`,
    `http://${CANARY}/api/health`,
  ],
  ...[
    '/api/health#x',
    `/api/forms/${CANARY}/%`,
    `/api/forms/${'a'.repeat(500)}/1`,
    '/\u00ff\u00fe',
  ],
  ...[`/api/health?${CANARY}=${'b'.repeat(20_000)}`, '/api//health', '/API/HEALTH', '/api/health/'],
  ...[
    '/index.html',
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    `/${CANARY}.js`,
  ],
]
const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/9.9',
  'http/1.1',
  '',
]
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket'
const HEADERS = [
  ...['Content-Length: 5', 'Content-Length: 0', 'Content-Length: -1', 'Content-Length: 9e9'],
  ...[
    'Content-Length: 99999999999',
    'Content-Length: 5\r\nContent-Length: 6',
    'Content-Length: +5',
  ],
  ...[
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding: xchunked',
  ],
  ...[
    'Transfer-Encoding : chunked',
    'Transfer-Encoding: chunked\r\nContent-Length: 5',
    'TE: trailers',
  ],
  ...[
    'Expect: 100-continue',
    `Expect: ${CANARY}`,
    'Connection: close',
    'Connection: keep-alive, x',
  ],
  ...[` folded: ${CANARY}`, `A: b\r\n ${CANARY}`, `${CANARY}`, `: ${CANARY}`, `A\u0000: ${CANARY}`],
  ...[
    `Host: ${CANARY}`,
    'Host:',
    `Cookie: ${SESSION_COOKIE}=${CANARY}%`,
    'Cookie: =;=;',
    `A: ${CANARY}\u0001`,
  ],
  ...[`X: ${CANARY}${'x'.repeat(HEADER_LONG_CHARS)}`, `${'A: b\r\n'.repeat(HEADERS_MANY)}C: d`],
  ...[UPGRADE, `${UPGRADE}\r\nSec-WebSocket-Version: 13`, `${UPGRADE}\r\nSec-WebSocket-Version: 1`],
  ...[`${UPGRADE}\r\nSec-WebSocket-Key: ${CANARY}\r\nSec-WebSocket-Version: 13`, 'Upgrade: h2c'],
  ...[`${UPGRADE}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13`],
  ...[
    'Content-Type: application/json',
    `Content-Type: ${CANARY}`,
    'Content-Encoding: br',
    'Range: bytes=-',
  ],
]
const BODIES = [
  ...[
    '',
    'hello',
    '{}',
    '0\r\n\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    'ffffffffffffffff\r\nx',
    '-1\r\n',
    '5\r\nhel',
  ],
  ...[
    `5;${CANARY}=${CANARY}\r\nhello\r\n0\r\n${CANARY}: x\r\n\r\n`,
    '5\nhello\n0\n\n',
    '\u0000'.repeat(50),
  ],
  ...['GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n'],
]

function request(): fc.Arbitrary<Buffer> {
  const host = fc.constantFrom(['Host: a'], ['Host: a'], ['Host: a'], [], ['Host: a', 'Host: b'])
  const more = fc.array(fc.constantFrom(...HEADERS), { maxLength: 4 })
  const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r')
  return fc
    .tuple(line(), host, more, fc.constantFrom(...BODIES), end)
    .map(([first, hosts, headers, body, newLine]) =>
      Buffer.from([first, ...hosts, ...headers, '', body].join(newLine), 'latin1'),
    )
}

function line(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...METHODS), fc.constantFrom(...TARGETS), fc.constantFrom(...VERSIONS))
    .map((parts) => parts.join(' '))
}

/** Everything that came back; undefined when it was cut before anything came. */
function exchange(
  to: { host: string; port: number },
  { bytes, cuts, ending }: RawInput,
): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const heard: Buffer[] = []
    const socket = connect({ ...to, allowHalfOpen: true })
    const late = setTimeout(() => {
      socket.destroy()
      reject(new Violation('the line was left open'))
    }, ANSWER_WITHIN_MS)
    const end = (result: Buffer | undefined) => {
      clearTimeout(late)
      socket.destroy()
      resolve(result)
    }
    socket.on('data', (data) => heard.push(data))
    socket.on('error', () => end(heard.length === 0 ? undefined : Buffer.concat(heard)))
    socket.on('end', () => end(Buffer.concat(heard)))
    socket.on('close', () => end(Buffer.concat(heard)))
    socket.on('connect', () => {
      socket.setNoDelay(true)
      for (const piece of piecesOf(bytes, cuts)) socket.write(piece)
      if (ending === 'ends') socket.end()
      else if (ending === 'breaks off') setImmediate(() => socket.resetAndDestroy())
      else setTimeout(() => end(undefined), HELD_MS)
    })
  })
}

function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % bytes.length), bytes.length]
  const sorted = places.toSorted((a, b) => a - b)
  return sorted.slice(1).map((place, index) => bytes.subarray(sorted[index], place))
}
