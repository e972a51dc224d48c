/**
 * Rules W1–W3, W11–W15 and W18–W20 of docs/spec/stream.md, what is refused, when the line is closed, and who
 * watches: real sockets to a listening gateway; entry is played.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { factPublisher } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { CLOSE } from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { uuidv7 } from 'uuidv7'
import {
  call,
  enter,
  type Gateway,
  ORIGIN,
  openGateway,
  openWorld,
  type SignedIn,
} from './open-gateway.ts'
import { hello, openSocket } from './open-socket.ts'
import { lease, playEntry } from './play-entry.ts'

/** Of the 10 seconds that a service has. */
const STOPPED_WITHIN_MS = 5_000

const records = [{ ten: { value: 'Trần Thị Ẵm', origin: 'typed' as const } }]

t.test('W18, W19, W20: who watches hears of changes, and nothing of what changed', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  await playEntry(world)
  const open = async (role: contracts.Role) =>
    openSocket(t, gateway, await enter(world, gateway, [role]))
  const [typist, outsider, supervisor] = [
    await open('typist'),
    await open('typist'),
    await open('supervisor'),
  ]
  typist.send(hello('typing', 1))
  await typist.next('snapshot')
  outsider.send({ type: 'watch', protocol: 1 })
  t.match(await outsider.next('refusal'), { code: 'NOT_ALLOWED' })
  supervisor.send({ type: 'watch', protocol: 1 })
  t.match(await supervisor.next('watching'), { protocol: 1, heartbeatMs: 20_000 })
  const renew = { type: 'renew' as const, ref: '1', leaseToken: uuidv7() }
  t.match(await supervisor.ask(renew), { ref: '1', code: 'NOT_ALLOWED' })

  let position = 0
  const entries = factPublisher(world.bus, 'entry')
  const say = async (...told: [kind: string, body: object][]) => {
    const at = new Date().toISOString()
    const lines = told.map(([kind, body]) =>
      JSON.stringify({ position: ++position, kind, at, body }),
    )
    await entries.publish(lines, position - lines.length + 1, position)
  }
  const [campaignId, other] = [uuidv7(), uuidv7()]
  const submitted = (of: string) =>
    [contracts.entrySubmitted.kind, { campaignId: of, personId: uuidv7(), records }] as const
  await say([...submitted(campaignId)])
  t.same(await supervisor.next('changed'), { type: 'changed', campaignId, things: ['entries'] })
  const began = performance.now()
  for (let index = 0; index < 20; index += 1) {
    await say(
      [...submitted(campaignId)],
      [contracts.pageSettled.kind, { campaignId }],
      [contracts.pageSkipped.kind, { pageId: uuidv7() }],
      [...submitted(other)],
      ['a-later.kind.v1', { campaignId }],
    )
  }
  const burst = performance.now() - began
  const changes = await eventually(
    () => supervisor.heard.filter((message) => message.type === 'changed').slice(1),
    (all) => [campaignId, other, null].every((of) => all.some((one) => one.campaignId === of)),
  )
  t.ok(changes.filter((one) => one.campaignId === campaignId).length <= 2 + burst / 200, 'W19')
  t.ok(changes.some(({ things }) => things.includes('truth') && things.includes('entries')))
  t.notMatch(JSON.stringify(supervisor.heard), /Ẵm|personId/, 'no value and no person')
  t.same(
    [typist, outsider].map(({ heard }) => heard.map(({ type }) => type)),
    [['snapshot'], ['refusal']],
    'N1: a typist hears nothing',
  )
})

t.test('what the stream refuses and when it hangs up', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  await playEntry(world)
  const typist = await enter(world, gateway, ['typist'])

  t.test('W1: only signed-in people, from our own pages, may connect', async (t) => {
    await t.rejects(openSocket(t, gateway, { ...typist, cookie: '' }), { message: /401/ })
    await t.rejects(openSocket(t, gateway, typist, 'https://elsewhere.example'), {
      message: /403/,
    })
    const plain = await call(gateway, 'GET', '/api/stream', { as: typist })
    t.equal(plain.status, 404)
  })

  t.test('W2: before hello nothing else is answered; work needs its role', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send({ type: 'renew', ref: '1', leaseToken: uuidv7() })
    t.match(await socket.next('refusal'), { ref: '1', code: 'HELLO_FIRST' })
    socket.send(hello('arbitration', 1))
    t.match(await socket.next('refusal'), { code: 'NOT_ALLOWED' })
    socket.send(hello('typing', 1))
    await socket.next('snapshot')
    socket.send(hello('typing', 1))
    t.match(await socket.next('refusal'), { code: 'MALFORMED' })
    t.match(
      await socket.ask({
        type: 'rule',
        ref: '2',
        submissionId: uuidv7(),
        leaseToken: uuidv7(),
        rulings: [{ questionId: uuidv7(), verdict: 'both' }],
      }),
      { type: 'refusal', code: 'NOT_ALLOWED' },
    )
    socket.raw.close()
  })

  t.test('W2: a protocol that is not known ends the connection', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send({ type: 'hello', protocol: 2, work: 'typing', capacity: 1 })
    t.match(await socket.next('refusal'), { code: 'PROTOCOL_UNKNOWN' })
    t.equal(await socket.closed(), CLOSE.UNKNOWN_PROTOCOL)
  })

  t.test('W3: malformed messages are refused, and after ten the line is closed', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send('{')
    t.match(await socket.next('refusal'), { code: 'MALFORMED', details: ['not a JSON object'] })
    socket.send({ type: 'submit', ref: 'mine', records: [{ ten: { value: 'Bí Mật' } }] })
    const refusal = await socket.next('refusal')
    t.match(refusal, { ref: 'mine', code: 'MALFORMED' })
    t.notMatch(JSON.stringify(refusal), 'Bí Mật')
    for (let n = 0; n < 8; n += 1) socket.send({ type: 'dance' })
    t.equal(await socket.closed(), CLOSE.MALFORMED)
    t.equal(socket.heard.length, 10)
  })

  t.test('W3: a message over 512 kB closes the line', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send({ type: 'ping', filling: 'x'.repeat(600_000) })
    t.equal(await socket.closed(), 1009)
  })

  t.test('W11: who says no hello, or falls silent, is taken for gone', async (t) => {
    const strict = await openGateway(t, world, { helloMs: 150, heartbeatMs: 100 })
    const mute = await openSocket(t, strict, typist)
    const silent = await openSocket(t, strict, typist)
    const lively = await openSocket(t, strict, typist)
    const beat = setInterval(() => {
      mute.send({ type: 'ping' })
      lively.send({ type: 'ping' })
    }, 30)
    t.teardown(() => clearInterval(beat))
    for (const socket of [silent, lively]) socket.send(hello('typing', 1))
    t.equal(await mute.closed(), CLOSE.SILENT, 'pings are no hello')
    t.equal(await silent.closed(), CLOSE.SILENT)
    t.equal(lively.raw.readyState, lively.raw.OPEN)
  })

  t.test('W12: who does not read is closed, and does not cost the others anything', async (t) => {
    const slow = await openSocket(t, gateway, typist)
    slow.send(hello('typing', 20))
    await slow.next('snapshot')
    slow.raw.pause()
    const bookTitle = 'x'.repeat(900_000)
    const closing = slow.closed()
    for (let n = 0; n < 20; n += 1) {
      world.bus.push(contracts.assignmentOffered, typist.person.personId, {
        personId: typist.person.personId,
        assignment: { ...lease(), bookTitle },
      })
    }
    // The test shares the gateway's connection, on which answers come behind the offers.
    await world.bus.ask(contracts.takeAssignments, { personId: uuidv7(), capacity: 1 })
    slow.raw.resume()
    t.equal(await closing, CLOSE.TOO_SLOW)
  })

  t.test('W13: five sockets a person, and no more', async (t) => {
    const person = await enter(world, gateway, ['typist'])
    const sockets = []
    for (let n = 0; n < 5; n += 1) sockets.push(await openSocket(t, gateway, person))
    t.equal(await (await openSocket(t, gateway, person)).closed(), CLOSE.TOO_MANY)
    sockets[0]?.raw.close()
    await sockets[0]?.closed()
    const again = await openSocket(t, gateway, person)
    again.send(hello('typing', 1))
    await again.next('snapshot')
  })

  t.test('W14: signing out or losing the account ends the stream', async (t) => {
    const strict = await openGateway(t, world, { sessionCheckMs: 50 })
    const [leaver, barred] = [
      await enter(world, strict, ['typist']),
      await enter(world, strict, ['typist']),
    ]
    const sockets = [await openSocket(t, strict, leaver), await openSocket(t, strict, barred)]
    // Signed out at another gateway than the socket's.
    await call(gateway, 'DELETE', '/api/session', { as: leaver })
    await sql`update account set disabled_at = now() where person_id = ${barred.person.personId}`.execute(
      world.db,
    )
    for (const socket of sockets) t.equal(await socket.closed(), CLOSE.SIGNED_OUT)
  })

  t.test(
    'W14: whoever lost the role is given nothing more, however seldom sessions are looked at',
    async (t) => {
      const hasty = await openGateway(t, world, { refreshMs: 50 })
      const moved = await enter(world, hasty, ['typist'])
      const socket = await openSocket(t, hasty, moved)
      socket.send(hello('typing', 1))
      await socket.next('snapshot')
      await sql`update account set roles = '{supervisor}' where person_id = ${moved.person.personId}`.execute(
        world.db,
      )
      t.equal(await socket.closed(), CLOSE.SIGNED_OUT)
    },
  )

  t.test('W15: a gateway that stops says so, and answers to the end', async (t) => {
    const stopping = await openGateway(t, world)
    const socket = await openSocket(t, stopping, typist)
    socket.send(hello('typing', 1))
    await socket.next('snapshot')
    // It reads nothing and so says no goodbye: the gateway waits for it, a second at most.
    socket.raw.pause()
    const closing = stopping.close()
    const late = await openSocket(t, stopping, typist)
    t.equal(await late.closed(), 1012, 'who comes meanwhile is sent away')
    const plain = await call(stopping, 'GET', '/api/session', { as: typist })
    t.equal(plain.status, 200, 'what is asked meanwhile is answered')
    socket.raw.resume()
    t.equal(await socket.closed(), 1012)
    await closing
  })

  t.test('W15: who comes while it stops and says no goodbye does not hold it up', async (t) => {
    const stopping = await openGateway(t, world)
    const socket = await openSocket(t, stopping, typist)
    socket.raw.pause()
    const closing = stopping.close()
    const deaf = await handshakeOnly(stopping, typist)
    t.teardown(() => deaf.destroy())
    const began = Date.now()
    socket.raw.resume()
    await closing
    t.ok(Date.now() - began < STOPPED_WITHIN_MS, 'ws alone would wait for 30 seconds')
  })
})

/** A line on which the websocket is open, and nothing is ever said. */
async function handshakeOnly({ url }: Gateway, { cookie }: SignedIn): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const line = connect(Number(port), hostname)
  const key = Buffer.alloc(16).toString('base64')
  line.write(
    `GET /api/stream HTTP/1.1\r\nHost: a\r\nOrigin: ${ORIGIN}\r\nCookie: ${cookie}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      `Sec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  const [heard] = await once(line, 'data')
  if (!String(heard).startsWith('HTTP/1.1 101 ')) throw new Error('the websocket was not opened')
  return line
}
