/**
 * Goal: a bus that was away is found again, and says so meanwhile. Method: a nats-server of this
 * file's own, killed and started; its store wiped.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, connectBus, factPublisher, factSource } from '@songnhap/bus'
import { closed, defineRequest } from '@songnhap/contracts'
import { startServers } from '@songnhap/local'
import { eventually } from '@songnhap/testkit'
import { pino } from 'pino'
import { t } from 'tap'
import Type from 'typebox'

const echo = defineRequest(
  'entry',
  'echo.v1',
  closed({ n: Type.Integer() }),
  closed({ n: Type.Integer() }),
)
const log = pino({ level: 'silent' })

t.test('a server that is killed and started again', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-test-'))
  const servers = await startServers({ folder, durable: false, report: () => {} })
  t.teardown(async () => {
    await servers.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const connectAs = (name: string) =>
    connectBus({ url: servers.natsUrl, namespace: 'test', name, log })
  const [answering, asking, leaving] = await Promise.all([
    connectAs('a'),
    connectAs('b'),
    connectAs('c'),
  ])
  t.teardown(() => Promise.all([answering.close(), asking.close()]))
  await answering.answer('entry', [answer(echo, async (request) => request)])
  await leaving.answer('intake', [])
  const publisher = factPublisher(answering, 'intake')
  const reader = factSource(asking, 'entry').read('intake')
  const line = (position: number) =>
    JSON.stringify({ position, kind: 'x.v1', at: new Date(0).toISOString(), body: {} })
  const readOne = async () => {
    const batch = await reader.next(1_000)
    batch?.ack()
    return batch?.lines.map(({ position }) => position)
  }
  await publisher.publish([line(1)], 1, 1)
  t.same(await readOne(), [1])

  t.test('B11: is missed at once', async (t) => {
    t.equal(asking.isConnected(), true)
    await servers.nats.kill('SIGKILL')
    await eventually(
      () => asking.isConnected(),
      (connected) => !connected,
    )
    await t.rejects(asking.ask(echo, { n: 1 }, 200), { code: 'UNAVAILABLE' })
    t.doesNotThrow(() => asking.poke('topic'))
    await t.rejects(publisher.publish([line(2)], 2, 2))
    await eventually(
      () => leaving.isConnected(),
      (connected) => !connected,
    )
    await t.resolves(leaving.close(), 'and nobody has to wait for it to leave')
  })

  t.test('B11: is found again; questions are answered as before', async (t) => {
    await servers.nats.start()
    await eventually(
      () => asking.ask(echo, { n: 2 }, 500).catch(() => undefined),
      (reply) => reply?.n === 2,
    )
    t.equal(asking.isConnected(), true)
  })

  t.test('B12: even with an empty store: streams and consumers are made anew', async (t) => {
    await servers.nats.stop()
    await servers.nats.wipe()
    await servers.nats.start()
    const published = await eventually(
      () =>
        publisher.publish([line(2), line(3)], 2, 3).then(
          () => true,
          () => false,
        ),
      (done) => done,
    )
    t.equal(published, true)
    const read = await eventually(
      () => readOne().catch(() => undefined),
      (positions) => positions !== undefined,
    )
    t.same(read, [2, 3])
  })
})
