import { randomBytes } from 'node:crypto'
import { type Bus, connectBus } from '@songnhap/bus'
import { pino } from 'pino'
import { type Teardown, testServers } from './test-servers.ts'

/** A connection with a namespace of this test's own; its streams are gone after the test. */
export async function testBus(t: Teardown): Promise<Bus> {
  const { natsUrl } = await testServers(t)
  const namespace = `test-${randomBytes(6).toString('hex')}`
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url: natsUrl, namespace, name: namespace, log })
  t.teardown(async () => {
    await deleteStreams(bus)
    await bus.close()
  })
  return bus
}

async function deleteStreams(bus: Bus): Promise<void> {
  const manager = await bus.connection.jetstreamManager()
  for await (const stream of manager.streams.list()) {
    if (stream.config.name.startsWith(`${bus.namespace}_`)) {
      await manager.streams.delete(stream.config.name)
    }
  }
}
