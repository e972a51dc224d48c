import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bus, connectBus } from '@songnhap/bus'
import { openDatabase } from '@songnhap/database'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import { pino } from 'pino'
import { type Test, t } from 'tap'
import { type Servers, StateFolderInUse, startServers } from '../src/index.ts'

const HOLD_SERVERS = fileURLToPath(new URL('hold-servers.ts', import.meta.url))

t.test(
  'what was stored is there after a stop and a start, behind the same addresses',
  async (t) => {
    const folder = stateFolder(t)
    const first = await startServers({ folder, durable: true, report: () => {} })
    await store(first.postgresUrl, 'kept')
    await first.stop()
    t.equal(first.postgres.pid, undefined)
    t.equal(first.nats.pid, undefined)

    const second = await started(t, folder)
    t.equal(second.postgresUrl, first.postgresUrl)
    t.equal(second.natsUrl, first.natsUrl)
    t.same(await stored(second.postgresUrl), ['kept'])
  },
)

t.test('killed servers are gone at once and come back with their data', async (t) => {
  const servers = await started(t, stateFolder(t))
  await store(servers.postgresUrl, 'before')
  await makeStream(servers.natsUrl, 'facts')

  await servers.postgres.kill('SIGKILL')
  await servers.nats.kill('SIGKILL')
  t.equal(servers.postgres.pid, undefined)
  t.equal(servers.nats.pid, undefined)
  await t.rejects(stored(servers.postgresUrl))

  await servers.postgres.start()
  await servers.nats.start()
  t.same(await stored(servers.postgresUrl), ['before'])
  t.same(await streamsOf(servers.natsUrl), ['facts'])
})

t.test('the store of a stopped nats-server can be wiped, that of a running one not', async (t) => {
  const { nats, natsUrl } = await started(t, stateFolder(t))
  await makeStream(natsUrl, 'facts')
  await t.rejects(nats.wipe(), /still runs/)
  await nats.stop()
  await nats.wipe()
  await nats.start()
  t.same(await streamsOf(natsUrl), [])
})

t.test('a server that dies by itself is started again', async (t) => {
  const { nats, natsUrl } = await started(t, stateFolder(t))
  const died = nats.pid
  process.kill(died ?? 0, 'SIGKILL')
  await eventually(
    () => nats.pid,
    (pid) => pid !== undefined && pid !== died,
  )
  await nats.start()
  t.same(await streamsOf(natsUrl), [])
})

t.test('a second start on the same folder is refused and names who holds it', async (t) => {
  const folder = stateFolder(t)
  const holder = await hold(t, folder)
  const refusal = await startServers({ folder, durable: false, report: () => {} }).then(
    () => undefined,
    (error: unknown) => error,
  )
  t.ok(refusal instanceof StateFolderInUse)
  t.match(refusal, { message: new RegExp(`process ${holder.pid}, .*127\\.0\\.0\\.1:\\d+`) })
  await store(holder.postgresUrl, 'undisturbed')
})

t.test(
  'a killed parent leaves servers behind, and nothing that blocks the next start',
  async (t) => {
    const folder = stateFolder(t)
    const holder = await hold(t, folder)
    await store(holder.postgresUrl, 'survives')
    holder.child.kill('SIGKILL')
    await once(holder.child, 'exit')
    t.same(await stored(holder.postgresUrl), ['survives'], 'the old servers still run')

    const steps: string[] = []
    const servers = await startServers({ folder, durable: false, report: (s) => steps.push(s) })
    t.teardown(() => servers.stop())
    t.match(steps.join('\n'), /stopping postgres, left running/)
    t.same(await stored(servers.postgresUrl), ['survives'])
    t.same(await streamsOf(servers.natsUrl), [])
  },
)

t.test('the usual ports may be taken, and so may the ports of the start before', async (t) => {
  const folder = stateFolder(t)
  for (const port of [5432, 4222]) await occupy(t, port)
  const first = await startServers({ folder, durable: false, report: () => {} })
  await store(first.postgresUrl, 'moves along')
  await first.stop()

  await occupy(t, Number(new URL(first.postgresUrl).port))
  const second = await started(t, folder)
  t.not(second.postgresUrl, first.postgresUrl)
  t.same(await stored(second.postgresUrl), ['moves along'])
})

t.test('passwords are asked for, and kept where only their owner reads', async (t) => {
  const folder = stateFolder(t)
  const servers = await started(t, folder)
  const wrong = Object.assign(new URL(servers.postgresUrl), { password: 'guess' }).href
  await t.rejects(stored(wrong), { code: '28P01' })
  t.equal(statSync(join(folder, 'memory.json')).mode & 0o077, 0)
  t.equal(statSync(join(folder, 'nats', 'nats-server.conf')).mode & 0o077, 0)
})

function stateFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'songnhap-local-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function started(t: Test, folder: string): Promise<Servers> {
  const servers = await startServers({ folder, durable: false, report: () => {} })
  t.teardown(() => servers.stop())
  return servers
}

interface Holder {
  readonly child: ChildProcess
  readonly pid: number | undefined
  readonly postgresUrl: string
}

/** Servers started by a process of their own, as by a second terminal. */
async function hold(t: Test, folder: string): Promise<Holder> {
  const child = fork(HOLD_SERVERS, [folder])
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  const [{ postgresUrl }] = await once(child, 'message')
  return { child, pid: child.pid, postgresUrl }
}

/** Listens there, unless somebody else does already: taken is taken. */
async function occupy(t: Test, port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve())
    server.listen(port, '127.0.0.1', resolve)
  })
  t.teardown(() => new Promise((resolve) => server.close(resolve)))
}

async function store(postgresUrl: string, word: string): Promise<void> {
  await onDatabase(postgresUrl, async (database) => {
    await sql`create table if not exists kept (word text)`.execute(database)
    await sql`insert into kept values (${word})`.execute(database)
  })
}

async function stored(postgresUrl: string): Promise<string[]> {
  return await onDatabase(postgresUrl, async (database) => {
    const { rows } = await sql<{ word: string }>`select word from kept`.execute(database)
    return rows.map(({ word }) => word)
  })
}

async function onDatabase<T>(
  postgresUrl: string,
  use: (database: ReturnType<typeof openDatabase>) => Promise<T>,
): Promise<T> {
  const database = openDatabase<unknown>(postgresUrl, 'public', undefined, 1)
  try {
    return await use(database)
  } finally {
    await database.destroy()
  }
}

async function makeStream(natsUrl: string, name: string): Promise<void> {
  await onBus(natsUrl, async (streams) => {
    await streams.add({ name, subjects: [name] })
  })
}

async function streamsOf(natsUrl: string): Promise<string[]> {
  return await onBus(natsUrl, async (streams) => {
    const names: string[] = []
    for await (const name of streams.names()) names.push(name)
    return names
  })
}

type Streams = Awaited<ReturnType<Bus['connection']['jetstreamManager']>>['streams']

async function onBus<T>(url: string, use: (streams: Streams) => Promise<T>): Promise<T> {
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url, namespace: 'test', name: 'test', log })
  try {
    return await use((await bus.connection.jetstreamManager()).streams)
  } finally {
    await bus.close()
  }
}
