import type { ClientMessage, ServerMessage, WorkKind } from '@songnhap/contracts'
import { ServerMessage as ServerMessageSchema } from '@songnhap/contracts'
import { checkStrictly } from '@songnhap/contracts/check'
import { eventually } from '@songnhap/testkit'
import { WebSocket } from 'ws'
import { type Gateway, ORIGIN, type SignedIn } from './open-gateway.ts'

const checkServerMessage = checkStrictly('server message', ServerMessageSchema)

export interface TestSocket {
  readonly raw: WebSocket
  /** Everything heard so far, each checked against the contract. */
  readonly heard: readonly ServerMessage[]
  send(message: ClientMessage | object | string): void
  /** The first unread message of the type; those before it are passed over. */
  next<T extends ServerMessage['type']>(type: T): Promise<Extract<ServerMessage, { type: T }>>
  /** Sends and reads what is answered to this `ref`. */
  ask(message: ClientMessage & { ref: string }): Promise<ServerMessage>
  closed(): Promise<number>
}

export async function openSocket(
  t: { teardown(end: () => unknown): void },
  gateway: Gateway,
  as: SignedIn,
  origin = ORIGIN,
): Promise<TestSocket> {
  const url = `${gateway.url.replace('http', 'ws')}/api/stream`
  const raw = new WebSocket(url, { headers: { cookie: as.cookie, origin } })
  t.teardown(() => raw.terminate())
  const heard: ServerMessage[] = []
  let read = 0
  let code: number | undefined
  raw.on('message', (data) => heard.push(checkServerMessage(JSON.parse(String(data)))))
  raw.on('close', (reason) => {
    code = reason
  })
  await new Promise<void>((resolve, reject) => {
    raw.once('open', resolve)
    raw.once('error', reject)
  })
  raw.on('error', () => raw.terminate())

  const find = (holds: (message: ServerMessage) => boolean) =>
    eventually(
      () => heard.findIndex((message, index) => index >= read && holds(message)),
      (index) => index >= 0,
      5_000,
    )
  const socket: TestSocket = {
    raw,
    heard,
    send: (message) => raw.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next(type) {
      const index = await find((message) => message.type === type)
      read = index + 1
      return heard[index] as Extract<ServerMessage, { type: typeof type }>
    },
    async ask(message) {
      socket.send(message)
      const index = await find((answer) => 'ref' in answer && answer.ref === message.ref)
      return heard[index] as ServerMessage
    },
    closed: () =>
      eventually(
        () => code ?? 0,
        (reason) => reason > 0,
        5_000,
      ),
  }
  return socket
}

export function hello(work: WorkKind, capacity: number, holding: string[] = []): ClientMessage {
  return { type: 'hello', protocol: 1, work, capacity, holding }
}
