/** Goal: the stream brings what was published, again until it is acknowledged. Method: real streams. */
import { factPublisher, factSource, type News } from '@songnhap/bus'
import { eventually, testBus } from '@songnhap/testkit'
import { t } from 'tap'

const line = (position: number) =>
  JSON.stringify({ position, kind: 'x.v1', at: new Date(0).toISOString(), body: { n: position } })

t.test('B13: the lines of a message come as they were published', async (t) => {
  const bus = await testBus(t)
  await factPublisher(bus, 'intake').publish([line(1), line(2)], 1, 2)
  const reader = factSource(bus, 'entry').read('intake')
  const batch = await reader.next(1_000)
  t.same(
    batch?.lines,
    [line(1), line(2)].map((text) => JSON.parse(text)),
  )
  batch?.ack()
  t.equal(await reader.next(1_000), null, 'then nothing')
})

t.test('B13: messages that are there come together, a bounded number of lines', async (t) => {
  const bus = await testBus(t)
  const publisher = factPublisher(bus, 'intake')
  const positions = Array.from({ length: 200 }, (_, index) => index + 1)
  for (let at = 0; at < positions.length; at += 10) {
    const run = positions.slice(at, at + 10)
    await publisher.publish(run.map(line), at + 1, at + 10)
  }
  const reader = factSource(bus, 'entry').read('intake')
  const sizes: number[] = []
  const heard: number[] = []
  while (heard.length < positions.length) {
    const batch = await reader.next(1_000)
    if (batch === null) throw new Error('something is missing')
    sizes.push(batch.lines.length)
    heard.push(...batch.lines.map(({ position }) => position))
    batch.ack()
  }
  t.same(heard, positions)
  t.ok(sizes.length > 1 && Math.max(...sizes) <= 128, `in parts: ${sizes}`)
  t.ok(Math.max(...sizes) >= 64, `and not one by one: ${sizes}`)
  t.equal(await reader.next(1_500), null, 'all were acknowledged')
})

t.test('B13: each service that follows gets every message', async (t) => {
  const bus = await testBus(t)
  const source = factPublisher(bus, 'intake')
  await source.publish([line(1)], 1, 1)
  for (const service of ['entry', 'reconcile'] as const) {
    const batch = await factSource(bus, service).read('intake').next(1_000)
    t.equal(batch?.lines.length, 1, service)
  }
})

t.test(
  'B14: a run published twice comes once; the same start in a longer run is another',
  async (t) => {
    const bus = await testBus(t)
    for (let times = 0; times < 3; times++) {
      await factPublisher(bus, 'intake').publish([line(1)], 1, 1)
    }
    await factPublisher(bus, 'intake').publish([line(1), line(2)], 1, 2)
    const manager = await bus.connection.jetstreamManager()
    const { state } = await manager.streams.info(`${bus.namespace}_intake`)
    t.equal(state.messages, 2)
  },
)

t.test('B15: a message that was not acknowledged comes again', async (t) => {
  const bus = await testBus(t)
  await factPublisher(bus, 'intake').publish([line(1)], 1, 1)
  const reader = factSource(bus, 'entry').read('intake')
  t.equal((await reader.next(1_000))?.lines.length, 1)
  const again = await reader.next(5_000)
  t.equal(again?.lines.length, 1)
  again?.ack()
  t.equal(await reader.next(1_500), null)
})

t.test('B15: of messages that came together all come again, unless acknowledged', async (t) => {
  const bus = await testBus(t)
  const publisher = factPublisher(bus, 'intake')
  for (const position of [1, 2, 3]) await publisher.publish([line(position)], position, position)
  const reader = factSource(bus, 'entry').read('intake')
  const first = await reader.next(1_000)
  t.equal(first?.lines.length, 3)
  const again = new Set<number>()
  while (again.size < 3) {
    const batch = await reader.next(5_000)
    if (batch === null) throw new Error('something does not come again')
    for (const { position } of batch.lines) again.add(position)
    batch.ack()
  }
  t.equal(await reader.next(1_500), null)
})

t.test(
  'B16: a stream deleted between two publishings is made anew by the next but one',
  async (t) => {
    const bus = await testBus(t)
    const publisher = factPublisher(bus, 'intake')
    await publisher.publish([line(1)], 1, 1)
    const manager = await bus.connection.jetstreamManager()
    await manager.streams.delete(`${bus.namespace}_intake`)
    await t.rejects(publisher.publish([line(2)], 2, 2))
    await t.resolves(publisher.publish([line(2)], 2, 2))
  },
)

t.test(
  'B16: a reader whose consumer or stream was deleted reads on after one failure',
  async (t) => {
    const bus = await testBus(t)
    const publisher = factPublisher(bus, 'intake')
    await publisher.publish([line(1)], 1, 1)
    const reader = factSource(bus, 'entry').read('intake')
    const first = await reader.next(1_000)
    first?.ack()
    const manager = await bus.connection.jetstreamManager()
    await manager.streams.delete(`${bus.namespace}_intake`)
    await t.rejects(reader.next(1_000))
    t.equal(await reader.next(1_000), null)
    await publisher.publish([line(2)], 2, 2).catch(() => publisher.publish([line(2)], 2, 2))
    t.match((await reader.next(1_000))?.lines, [{ position: 2 }])
  },
)

t.test('B30: what cannot be read is not delivered again', async (t) => {
  const bus = await testBus(t)
  await factPublisher(bus, 'intake').publish(['no JSON'], 1, 1)
  await factPublisher(bus, 'intake').publish([line(2)], 2, 2)
  const reader = factSource(bus, 'entry').read('intake')
  await t.rejects(reader.next(1_000))
  const next = await reader.next(1_000)
  t.equal(next?.lines[0]?.position, 2)
  next?.ack()
  t.equal(await reader.next(1_500), null, 'the first one does not come back')
})

t.test('B30: one that cannot be read among others loses only itself, and is told of', async (t) => {
  const bus = await testBus(t)
  const publisher = factPublisher(bus, 'intake')
  for (const position of [1, 3, 4]) await publisher.publish([line(position)], position, position)
  await publisher.publish(['{"position":'], 5, 5)
  await publisher.publish([line(6)], 6, 6)
  const reader = factSource(bus, 'entry').read('intake')
  const batch = await reader.next(1_000)
  t.same(
    batch?.lines.map(({ position }) => position),
    [1, 3, 4, 6],
  )
  batch?.ack()
  await t.rejects(reader.next(1_000))
  t.equal(await reader.next(1_500), null, 'once, and it does not come back')
})

t.test('B31: facts are heard as they pass by, without what they say', async (t) => {
  const bus = await testBus(t)
  const heard: News[] = []
  const listening = bus.onNews((news) => heard.push(news))
  await bus.connection.flush()
  const at = new Date(0).toISOString()
  const body = { campaignId: 'c1', records: [{ name: { value: 'Mận' } }] }
  const first = JSON.stringify({ position: 1, kind: 'entry.submitted.v1', at, body })
  await factPublisher(bus, 'entry').publish([first, line(2)], 1, 2)
  await factPublisher(bus, 'reconcile').publish([line(1)], 1, 1)
  await eventually(
    () => heard.length,
    (count) => count === 3,
  )
  t.same(heard, [
    { kind: 'entry.submitted.v1', campaignId: 'c1' },
    { kind: 'x.v1', campaignId: undefined },
    { kind: 'x.v1', campaignId: undefined },
  ])
  listening.stop()
  await factPublisher(bus, 'entry').publish([line(3)], 3, 3)
  await bus.connection.flush()
  t.equal(heard.length, 3, 'not any more after stop')
})
