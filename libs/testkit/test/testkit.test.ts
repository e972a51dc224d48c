/** Goal: what a test stands on is its own, and gone afterwards. Method: look after subtests. */
import { openDatabase } from '@songnhap/database'
import { eventually, testBus, testDatabase, testServers } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'

const NO_MIGRATIONS = new URL('./', import.meta.url)

t.test('a database is its test’s own, seen with the service’s own role', async (t) => {
  const { postgresUrl } = await testServers(t)
  const names: string[] = []
  await t.test('while the test runs', async (t) => {
    const databases = await Promise.all([1, 2].map(() => testDatabase(t, 'intake', NO_MIGRATIONS)))
    for (const { db } of databases) {
      const { rows } = await sql<{ name: string; role: string }>`
        select current_database() as name, current_user as role`.execute(db)
      t.equal(rows[0]?.role, 'songnhap_intake')
      names.push(rows[0]?.name ?? '')
    }
    t.equal(new Set(names).size, 2)
  })
  const server = openDatabase(postgresUrl, 'public')
  t.teardown(() => server.destroy())
  const { rows } = await sql`select 1 from pg_database where datname = any(${names})`.execute(
    server,
  )
  t.same(rows, [], 'and gone after it')
})

t.test('a bus has a namespace of its own, whose streams are gone after the test', async (t) => {
  const names: string[] = []
  await t.test('while the test runs', async (t) => {
    const bus = await testBus(t)
    names.push(`${bus.namespace}_intake`)
    const manager = await bus.connection.jetstreamManager()
    await manager.streams.add({ name: `${bus.namespace}_intake`, subjects: [`${bus.namespace}.x`] })
  })
  const other = await testBus(t)
  const manager = await other.connection.jetstreamManager()
  t.notOk(names.includes(other.namespace))
  await t.rejects(manager.streams.info(names[0] ?? ''), { message: 'stream not found' })
})

t.test('eventually reads until the claim holds, and gives up in time', async (t) => {
  let reads = 0
  const third = await eventually(
    () => ++reads,
    (n) => n === 3,
  )
  t.equal(third, 3)
  await t.rejects(
    eventually(
      () => 1,
      (n) => n === 2,
      30,
    ),
    { message: 'not so within 30 ms' },
  )
  const failing = eventually(
    () => Promise.reject(new Error('cannot be read')),
    () => true,
  )
  await t.rejects(failing, { message: 'cannot be read' })
})
