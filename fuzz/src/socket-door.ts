/** Websockets on which anything is said, in any order. */
import { ClientMessage, type Role, ServerMessage } from '@songnhap/contracts'
import { checkStrictly } from '@songnhap/contracts/check'
import { arbitraryOf, hostileText } from '@songnhap/testkit'
import fc from 'fast-check'
import { WebSocket } from 'ws'
import { CANARY, findCanary } from './canary.ts'
import { type Door, openDoor } from './door.ts'
import { type Attacker, type Ground, PEOPLE_OF_ROLE } from './ground.ts'
import { judgeProblem, Violation } from './judge-answer.ts'
import { passes } from './passes.ts'

const WEIGHT = 30
const FRAMES_MAX = 12
const PINGS_MAX = 50
const OVERSIZE_BYTES = 600 * 1024
const ANSWERS_WITHIN_MS = 30_000
const REF_LENGTH_MAX = 64
/** Of the standard: what a line that broke its rules is closed with. Ours begin at 4000. */
const CODES_STANDARD: readonly number[] = [1000, 1002, 1003, 1005, 1006, 1007, 1009, 1013]
const CODES_OWN_MIN = 4000
const WORKERS: readonly Role[] = ['typist', 'arbiter', 'supervisor']

const checkServerMessage = checkStrictly('a server message', ServerMessage)

interface Talk {
  readonly role: Role
  readonly number: number
  readonly frames: readonly Frame[]
  /** Goes without a word, in the middle of everything. */
  readonly vanishes: boolean
}

interface Frame {
  readonly how: 'text' | 'binary' | 'fragmented' | 'pings' | 'oversized'
  readonly bytes: Buffer
}

/** With `onlyBroken` nothing is said that the protocol knows. */
export function socketDoor(ground: Ground, gatewayUrl: string, onlyBroken: boolean): Door {
  const talks = fc.record<Talk>({
    role: fc.constantFrom(...WORKERS),
    number: fc.nat({ max: PEOPLE_OF_ROLE - 1 }),
    frames: fc.array(frame(ground.ids, onlyBroken), {
      minLength: 1,
      maxLength: FRAMES_MAX,
      size: 'max',
    }),
    vanishes: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  })
  return openDoor('websocket', WEIGHT, talks, async (talk, count) => {
    const attacker = ground.people.get(talk.role)?.[talk.number]
    if (attacker === undefined) throw new TypeError('nobody to talk')
    return await carryOut(talk, attacker, gatewayUrl, count)
  })
}

function frame(ids: readonly string[], onlyBroken: boolean): fc.Arbitrary<Frame> {
  const options = { ids, canary: CANARY }
  const valid = arbitraryOf(ClientMessage, options).map((value) =>
    Buffer.from(JSON.stringify(value)),
  )
  const hello = fc
    .constantFrom('typing', 'arbitration', 'escalation')
    .map((work) => Buffer.from(JSON.stringify({ type: 'hello', protocol: 1, work, capacity: 1 })))
  const hostile = hostileText(ClientMessage, options)
  const bytes = onlyBroken
    ? hostile.filter((text) => !passes(ClientMessage, text, 'strictly'))
    : fc.oneof(valid, hello, hostile)
  const how = fc.oneof(
    { weight: 12, arbitrary: fc.constant<Frame['how']>('text') },
    { weight: 2, arbitrary: fc.constantFrom<Frame['how']>('binary', 'fragmented', 'pings') },
  )
  const usual = fc.record<Frame>({ how, bytes })
  const oversized = fc.constant<Frame>({ how: 'oversized', bytes: Buffer.from(CANARY) })
  return fc.oneof({ weight: 200, arbitrary: usual }, { weight: 1, arbitrary: oversized })
}

async function carryOut(
  { frames, vanishes }: Talk,
  attacker: Attacker,
  gatewayUrl: string,
  count: (code: string) => void,
): Promise<string> {
  const headers = attacker.headers()
  const socket = new WebSocket(new URL('/api/stream', gatewayUrl.replace('http', 'ws')), {
    headers,
  })
  const talk = listenTo(socket, count)
  const refused = await talk.opened
  if (refused !== undefined) {
    if (refused === 401) await attacker.renew(headers['cookie'])
    return `HTTP ${refused}`
  }
  const waitedFor = frames.flatMap((one) => say(socket, one))
  const last = crypto.randomUUID()
  say(socket, { how: 'text', bytes: Buffer.from(JSON.stringify({ type: 'bye', ref: last })) })
  if (vanishes) {
    socket.terminate()
    return 'VANISHED'
  }
  return await talk.answers([...waitedFor, last])
}

/** Gives the reference that must be answered, where there is one. */
function say(socket: WebSocket, { how, bytes }: Frame): string[] {
  switch (how) {
    case 'pings':
      for (let times = 0; times < PINGS_MAX; times++) socket.ping(bytes.subarray(0, 100))
      return []
    case 'oversized':
      socket.send(Buffer.alloc(OVERSIZE_BYTES, bytes), { binary: false })
      return []
    case 'fragmented':
      socket.send(bytes.subarray(0, bytes.length >> 1), { binary: false, fin: false })
      socket.send(bytes.subarray(bytes.length >> 1), { binary: false, fin: true })
      return refOf(bytes)
    default:
      socket.send(bytes, { binary: how === 'binary' })
      return refOf(bytes)
  }
}

function refOf(bytes: Buffer): string[] {
  try {
    const said: unknown = JSON.parse(bytes.toString())
    if (typeof said !== 'object' || said === null || !('ref' in said)) return []
    const { ref } = said
    return typeof ref === 'string' && ref.length > 0 && ref.length <= REF_LENGTH_MAX ? [ref] : []
  } catch {
    return []
  }
}

/** Judges everything that is heard. */
function listenTo(socket: WebSocket, count: (code: string) => void) {
  const opened = Promise.withResolvers<number | undefined>()
  const ended = Promise.withResolvers<string>()
  const answered: string[] = []
  let onAnswer = () => {}
  socket.on('open', () => opened.resolve(undefined))
  socket.on('unexpected-response', (_request, response) => {
    response.resume()
    opened.resolve(response.statusCode ?? 0)
  })
  socket.on('message', (data) => {
    try {
      answered.push(...judgeMessage(String(data), count))
      onAnswer()
    } catch (error) {
      ended.reject(error)
    }
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', (code) => {
    opened.resolve(0)
    if (CODES_STANDARD.includes(code) || code >= CODES_OWN_MIN) ended.resolve(`CLOSED ${code}`)
    else ended.reject(new Violation(`closed with ${code}`))
  })
  // A talk that vanished waits for nothing.
  void ended.promise.catch(() => {})
  return {
    opened: opened.promise,
    /** Until each of these has been answered once, or the line is closed. */
    async answers(refs: readonly string[]): Promise<string> {
      const late = setTimeout(() => {
        ended.reject(new Violation(`only ${answered.length} of ${refs.length} answers came`))
      }, ANSWERS_WITHIN_MS)
      onAnswer = () => {
        if (answered.length >= refs.length) ended.resolve('ANSWERED')
      }
      onAnswer()
      try {
        const outcome = await ended.promise
        const isSame = answered.toSorted().join() === refs.toSorted().join()
        if (outcome === 'ANSWERED' && !isSame) throw new Violation('an answer to nothing')
        return outcome
      } finally {
        clearTimeout(late)
        socket.terminate()
      }
    },
  }
}

/** Gives the reference of an answer. */
function judgeMessage(text: string, count: (code: string) => void): string[] {
  const message = checkServerMessage(JSON.parse(text))
  if (message.type !== 'refusal') return message.type === 'ack' ? [message.ref] : []
  const { ref, type: _, ...problem } = message
  const said = findCanary(JSON.stringify(problem))
  if (said !== undefined) throw new Violation(`a refusal repeats what was sent: ${said}`)
  count(judgeProblem(JSON.stringify(problem)))
  return ref === undefined ? [] : [ref]
}
