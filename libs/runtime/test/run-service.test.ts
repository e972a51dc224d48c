/** Goal: a service starts only on what it knows and stops in order. Method: real processes. */
import { type ChildProcess, fork, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectBus } from '@songnhap/bus'
import { ledgerRequests, type Problem } from '@songnhap/contracts'
import { migrateService, openDatabase } from '@songnhap/database'
import { startServers } from '@songnhap/local'
import { eventually, testBus, testDatabase, testServers } from '@songnhap/testkit'
import { sql } from 'kysely'
import { pino } from 'pino'
import { t } from 'tap'

const MIGRATIONS = new URL('./fixtures/migrations/', import.meta.url)
const SERVICE = fileURLToPath(new URL('./fixtures/service.ts', import.meta.url))
const PARENT = fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url))
const PASSWORD = 'for tests only'
const NOWHERE = '127.0.0.1:1'

type T = Parameters<typeof testDatabase>[0]
type Line = { msg: string; name?: string; err?: { name: string; message?: string } }

/** Starts the service as a child of this process. */
function start(t: T, environment: NodeJS.ProcessEnv, file = SERVICE) {
  const child = fork(file, [JSON.stringify(environment)], { silent: true, execArgv: [] })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout?.on('data', (data) => {
    output += data
  })
  child.stderr?.on('data', (data) => {
    output += data
  })
  return {
    child,
    lines: (): Line[] =>
      output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    output: () => output,
    ready: once(child, 'message') as Promise<Serializable[]>,
    ended: endOf(child),
  }
}

async function endOf(child: ChildProcess): Promise<number | string | null> {
  const [code, signal] = await once(child, 'close')
  return signal ?? code
}

async function ground(t: T) {
  const [{ url, adminUrl }, { natsUrl }, bus] = await Promise.all([
    testDatabase(t, 'intake', MIGRATIONS),
    testServers(t),
    testBus(t),
  ])
  const environment = { DATABASE_URL: url, NATS_URL: natsUrl, BUS_NAMESPACE: bus.namespace }
  return { environment, adminUrl, bus }
}

t.test('a service', async (t) => {
  const { environment, adminUrl, bus } = await ground(t)

  t.test('B19: says that it is ready, and then answers', async (t) => {
    const service = start(t, environment)
    t.same((await service.ready)[0], { ready: true })
    t.same(await bus.ask(ledgerRequests('intake').head, {}), { position: 0 })
    service.child.kill('SIGTERM')
    await service.ended
  })

  t.test('B20: stops in order on SIGTERM: the part last given first, then itself', async (t) => {
    const service = start(t, environment)
    await service.ready
    service.child.kill('SIGTERM')
    t.equal(await service.ended, 0)
    const said = service.lines().map(({ msg, name }) => (msg === 'part stopped' ? name : msg))
    // Whether it led meanwhile is a matter of milliseconds.
    const inOrder = said.filter((word) => !String(word).startsWith('leads'))
    t.match(inOrder, ['ready', 'second', 'first', 'stopped'])
    t.equal(said.includes('leads'), said.includes('leads no more'), 'it says when it leads no more')
    await t.rejects(bus.ask(ledgerRequests('intake').head, {}, 500), { code: 'UNAVAILABLE' })
  })

  t.test('B21: ends with the parent that started it', async (t) => {
    const parent = start(t, environment, PARENT)
    const [pid] = await parent.ready
    t.ok(isAlive(Number(pid)))
    parent.child.kill('SIGKILL')
    await eventually(
      () => isAlive(Number(pid)),
      (alive) => !alive,
    )
  })

  t.test('B20: stops on SIGTERM also while it still waits for the bus', async (t) => {
    const service = start(t, { ...environment, NATS_URL: `nats://${NOWHERE}` })
    const db = openDatabase(adminUrl, 'intake')
    t.teardown(() => db.destroy())
    await eventually(
      () =>
        sql`select 1 from pg_stat_activity
            where datname = current_database() and application_name = 'songnhap intake'
              and pid <> pg_backend_pid() and query like '%migration%'`.execute(db),
      ({ rows }) => rows.length > 0,
    )
    service.child.kill('SIGTERM')
    t.equal(await service.ended, 0)
  })

  t.test('B22: refuses to start on a schema it does not know, and says why', async (t) => {
    const db = openDatabase(adminUrl, 'intake')
    t.teardown(() => db.destroy())
    await sql`insert into migration (name, timestamp) values ('0009_from_the_future', '')`.execute(
      db,
    )
    const service = start(t, environment)
    t.equal(await service.ended, 1)
    t.match(service.lines(), [{ err: { name: 'SchemaUnknown', message: /0009_from_the_future/ } }])
  })

  t.test('B22: refuses to start without its configuration, and says what is missing', async (t) => {
    const service = start(t, {})
    t.equal(await service.ended, 1)
    t.match(service.output(), /DATABASE_URL/)
  })
})

t.test('B24: a service whose database is killed is UNAVAILABLE until it is back', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-test-'))
  const servers = await startServers({ folder, durable: false, report: () => {} })
  t.teardown(async () => {
    await servers.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const { postgresUrl, natsUrl, postgres } = servers
  await migrateService({
    adminUrl: postgresUrl,
    schema: 'intake',
    password: PASSWORD,
    folder: fileURLToPath(MIGRATIONS),
  })
  const url = Object.assign(new URL(postgresUrl), {
    username: 'songnhap_intake',
    password: encodeURIComponent(PASSWORD),
  })
  const service = start(t, { DATABASE_URL: url.href, NATS_URL: natsUrl, BUS_NAMESPACE: 'test' })
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url: natsUrl, namespace: 'test', name: 'asker', log })
  t.teardown(() => bus.close())
  await service.ready
  const askHead = () => bus.ask(ledgerRequests('intake').head, {})
  t.same(await askHead(), { position: 0 })

  await postgres.kill('SIGKILL')
  for (const time of ['at once', 'and still']) {
    await t.rejects(askHead(), { name: 'Problem', code: 'UNAVAILABLE' }, time)
  }
  const starting = postgres.start()
  const codes = new Set<string>()
  const head = await eventually(
    () => askHead().catch((error: Problem) => void codes.add(error.code)),
    (reply) => reply !== undefined,
  )
  await starting
  t.same(head, { position: 0 }, 'it works again')
  t.same(
    [...codes].filter((code) => code !== 'UNAVAILABLE'),
    [],
    'and was never at fault',
  )
  const unanswered = service.lines().filter(({ msg }) => msg === 'not answered')
  t.ok(unanswered.length >= 2, 'why it did not answer is logged')
  service.child.kill('SIGTERM')
  t.equal(await service.ended, 0)
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
