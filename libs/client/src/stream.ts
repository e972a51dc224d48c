import {
  type ArbitrationAssignment,
  type ClientMessage,
  PROTOCOL_VERSION,
  Problem,
  type ServerMessage,
  type TypingAssignment,
  type WorkKind,
} from '@songnhap/contracts'
import { WebSocket } from 'ws'
import type { Api } from './api.ts'

const ANSWER_TIMEOUT_MS = 20_000
const SILENT_HEARTBEATS_MAX = 3

export type Assignment = TypingAssignment | ArbitrationAssignment
export type Ack = Extract<ServerMessage, { type: 'ack' }>
type Snapshot = Extract<ServerMessage, { type: 'snapshot' }>
/** A message that is answered, before it got its reference. */
export type Order = DistributiveOmit<Extract<ClientMessage, { ref: string }>, 'ref'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** One websocket after its hello. Ends once, by either side; a `KeptStream` opens another one. */
export interface Stream {
  readonly snapshot: Snapshot
  /** Resolves with the ack; throws the refusal, or UNAVAILABLE when the line was cut before it. */
  order(order: Order): Promise<Ack>
  /** Resolves when the connection has ended, with its close code. */
  readonly closed: Promise<number>
  close(): void
}

/** Connects, says hello, waits for the snapshot; afterwards new assignments go to `onAssignment`. */
export async function openStream(
  api: Pick<Api, 'headersFor'>,
  gatewayUrl: string,
  hello: { work: WorkKind; capacity: number; holding?: string[] },
  onAssignment: (assignment: Assignment) => void,
): Promise<Stream> {
  const url = new URL('/api/stream', gatewayUrl)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url, { headers: api.headersFor(gatewayUrl) })
  const waiting = new Map<string, PromiseWithResolvers<Ack>>()
  const greeted = Promise.withResolvers<Snapshot>()
  const ended = Promise.withResolvers<number>()
  let heardAt = Date.now()

  socket.on('open', () => {
    send(socket, { type: 'hello', protocol: PROTOCOL_VERSION, ...hello })
  })
  socket.on('message', (data) => {
    heardAt = Date.now()
    const message: ServerMessage = JSON.parse(String(data))
    if (message.type === 'snapshot') greeted.resolve(message)
    else if (message.type === 'assignment') onAssignment(message.assignment)
    else if (message.type === 'ack') waiting.get(message.ref)?.resolve(message)
    else if (message.type === 'refusal') refuse(message, waiting, greeted)
  })
  // An error is always followed by the close, which is what is acted on.
  socket.on('error', () => socket.terminate())
  socket.on('close', (code) => {
    const cut = new Problem('UNAVAILABLE', [`the connection ended (${code})`])
    greeted.reject(cut)
    for (const { reject } of waiting.values()) reject(cut)
    ended.resolve(code)
  })

  const snapshot = await within(ANSWER_TIMEOUT_MS, greeted.promise, socket).catch((error) => {
    socket.terminate()
    throw error
  })
  const beat = setInterval(() => {
    // Every ping is answered: a gateway that is frozen, or a line that is dead, shows by silence.
    const isSilent = Date.now() - heardAt > SILENT_HEARTBEATS_MAX * snapshot.heartbeatMs
    if (isSilent) socket.terminate()
    else if (socket.readyState === WebSocket.OPEN) send(socket, { type: 'ping' })
  }, snapshot.heartbeatMs)
  void ended.promise.then(() => clearInterval(beat))
  return {
    snapshot,
    closed: ended.promise,
    close: () => socket.close(),
    async order(order) {
      const ref = crypto.randomUUID()
      const answered = Promise.withResolvers<Ack>()
      waiting.set(ref, answered)
      try {
        send(socket, { ...order, ref } as ClientMessage)
        return await within(ANSWER_TIMEOUT_MS, answered.promise, socket)
      } finally {
        waiting.delete(ref)
      }
    },
  }
}

function send(socket: WebSocket, message: ClientMessage): void {
  if (socket.readyState !== WebSocket.OPEN) throw new Problem('UNAVAILABLE', ['not connected'])
  socket.send(JSON.stringify(message))
}

function refuse(
  refusal: Extract<ServerMessage, { type: 'refusal' }>,
  waiting: Map<string, PromiseWithResolvers<Ack>>,
  greeted: PromiseWithResolvers<Snapshot>,
): void {
  const problem = Problem.from(refusal)
  if (refusal.ref === undefined) greeted.reject(problem)
  else waiting.get(refusal.ref)?.reject(problem)
}

/** An answer that does not come is a dead line: it is ended, so that everything waiting fails. */
async function within<T>(ms: number, answer: Promise<T>, socket: WebSocket): Promise<T> {
  const timer = setTimeout(() => socket.terminate(), ms)
  try {
    return await answer
  } finally {
    clearTimeout(timer)
  }
}
