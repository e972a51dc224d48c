/**
 * Goal: where there is only a container engine, tests have servers all the same. Method: wherever
 * an engine answers, real containers; where none does, the refusal that says so.
 */
import { connectBus } from '@songnhap/bus'
import { openDatabase } from '@songnhap/database'
import { sql } from 'kysely'
import { pino } from 'pino'
import { type Test, t } from 'tap'
import { containerServers } from '../src/container-servers.ts'
import type { TestServers } from '../src/server-provider.ts'

const NO_ENGINE = 'no container engine answers, at DOCKER_HOST or the usual sockets'

t.test(
  'S20: containers serve as local programs do, or it is said that no engine answers',
  async (t) => {
    const outcome = await containerServers(process.env).start(() => {})
    if ('closedBecause' in outcome) {
      t.equal(outcome.closedBecause, NO_ENGINE)
      t.comment(`${NO_ENGINE}: containers were not tried here`)
      return
    }
    t.teardown(() => outcome.stop())
    await postgresServes(t, outcome)
    await natsServes(t, outcome)
  },
)

async function postgresServes(t: Test, { postgresUrl }: TestServers): Promise<void> {
  const database = openDatabase<unknown>(postgresUrl, 'public', undefined, 1)
  t.teardown(() => database.destroy())
  const { rows } = await sql<Record<string, unknown>>`
    select rolsuper, current_setting('max_connections') as connections, datlocale as locale
    from pg_roles, pg_database where rolname = current_user and datname = 'postgres'`.execute(
    database,
  )
  t.same(rows, [{ rolsuper: true, connections: '200', locale: 'C.UTF-8' }])
}

async function natsServes(t: Test, { natsUrl }: TestServers): Promise<void> {
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url: natsUrl, namespace: 'test', name: 'test', log })
  t.teardown(() => bus.close())
  const manager = await bus.connection.jetstreamManager()
  const { config } = await manager.streams.add({ name: 'facts', subjects: ['facts'] })
  t.equal(config.name, 'facts')
}
