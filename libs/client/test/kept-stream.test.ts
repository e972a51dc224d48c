/** Rules W16 and W17 of docs/spec/stream.md, from the client's side: real sockets to played gateways. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ClientMessage, ServerMessage, TypingAssignment } from '@songnhap/contracts'
import { type Test, t } from 'tap'
import { type WebSocket, WebSocketServer } from 'ws'
import { KeptStream, openGateways, signIn } from '../src/index.ts'

const PERSON = { personId: crypto.randomUUID(), login: 'nhap1', name: 'Vi Thị Mận', roles: [] }
const SERVICE_RESTART = 1012

t.test('W16, W17: what a gateway left unanswered is sent again to the next one', async (t) => {
  const lease = assignment()
  const heard: ClientMessage[][] = [[], []]
  const first = await playGateway(t, (message, socket) => {
    heard[0]?.push(message)
    if (message.type === 'hello') greet(socket, [lease], [])
    // Taken in, and the answer is lost with the line.
    if (message.type === 'submit') socket.close(SERVICE_RESTART)
  })
  const second = await playGateway(t, (message, socket) => {
    heard[1]?.push(message)
    if (message.type === 'hello') greet(socket, [lease], [])
    if (message.type === 'submit') say(socket, { type: 'ack', ref: message.ref })
  })
  const api = await signIn(openGateways([first, second]), 'nhap1', 'not looked at')
  const given: string[] = []
  const stream = new KeptStream(api, { work: 'typing', capacity: 1 }, (one) =>
    given.push(one.leaseToken),
  )
  const { leaseToken, pageId } = lease
  const entryId = crypto.randomUUID()
  await stream.order({ type: 'submit', entryId, pageId, leaseToken, records: [] })
  stream.close()
  t.equal(await stream.ended, undefined)

  t.same(given, [leaseToken], 'a lease is given once, however many sockets show it')
  t.match(heard[0], [
    { type: 'hello', holding: [] },
    { type: 'submit', entryId },
  ])
  t.match(heard[1], [
    { type: 'hello', holding: [leaseToken] },
    { type: 'submit', entryId },
  ])
})

t.test('W17: what is refused with UNAVAILABLE is sent again, any other refusal told', async (t) => {
  let times = 0
  const url = await playGateway(t, (message, socket) => {
    if (message.type === 'hello') greet(socket, [], [])
    if (message.type === 'renew') {
      times += 1
      refuse(socket, message.ref, times < 3 ? 'UNAVAILABLE' : 'LEASE_ENDED')
    }
  })
  const api = await signIn(url, 'nhap1', 'not looked at')
  const stream = new KeptStream(api, { work: 'typing', capacity: 1 }, () => {})
  const leaseToken = crypto.randomUUID()
  await t.rejects(stream.order({ type: 'renew', leaseToken }), { code: 'LEASE_ENDED' })
  t.equal(times, 3)
  stream.close()
  await t.rejects(stream.order({ type: 'renew', leaseToken }), { code: 'UNAVAILABLE' })
})

t.test('W16: a gateway that is away is passed over', async (t) => {
  const gone = await playGateway(t, () => {})
  const there = await playGateway(t, (message, socket) => {
    if (message.type === 'hello') greet(socket, [assignment()], [])
  })
  const api = await signIn(openGateways([gone, there]), 'nhap1', 'not looked at')
  await closeGateway(gone)
  await new Promise<void>((resolve) => {
    const stream = new KeptStream(api, { work: 'typing', capacity: 1 }, () => resolve())
    t.teardown(() => stream.close())
  })
  t.equal(api.gateways.current, there)
})

t.test('W16: who is signed out does not come again', async (t) => {
  let hellos = 0
  const url = await playGateway(t, (message, socket) => {
    if (message.type !== 'hello') return
    hellos += 1
    greet(socket, [], [])
    socket.close(4001)
  })
  const api = await signIn(url, 'nhap1', 'not looked at')
  const stream = new KeptStream(api, { work: 'typing', capacity: 1 }, () => {})
  t.match(await stream.ended, { code: 'NOT_SIGNED_IN' })
  t.equal(hellos, 1)
})

const closes = new Map<string, () => Promise<void>>()

async function closeGateway(url: string): Promise<void> {
  await closes.get(url)?.()
  closes.delete(url)
}

/** Signs everybody in, and hears what comes over its websockets. */
async function playGateway(
  t: Test,
  hear: (message: ClientMessage, socket: WebSocket) => void,
): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('set-cookie', 'session=1').end(JSON.stringify(PERSON))
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => hear(JSON.parse(String(data)), socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  closes.set(url, async () => {
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  t.teardown(() => closeGateway(url))
  return url
}

function greet(socket: WebSocket, assignments: TypingAssignment[], ended: string[]): void {
  const { personId, name } = PERSON
  const person = { personId, name, roles: [] }
  say(socket, { type: 'snapshot', protocol: 1, person, assignments, ended, heartbeatMs: 20_000 })
}

function refuse(socket: WebSocket, ref: string, code: string): void {
  say(socket, { type: 'refusal', ref, code, message: { vi: code, en: code } })
}

function say(socket: WebSocket, message: ServerMessage): void {
  socket.send(JSON.stringify(message))
}

function assignment(): TypingAssignment {
  return {
    kind: 'typing',
    leaseToken: crypto.randomUUID(),
    pageId: crypto.randomUUID(),
    form: { name: 'birth-register', version: 1 },
    bookTitle: 'Quyển 01',
    sequence: 1,
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  }
}
