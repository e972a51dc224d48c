import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { openDatabase } from '@songnhap/database'
import {
  asArguments,
  NATS_OPERATOR,
  natsConfiguration,
  POSTGRES_LOCALE,
  POSTGRES_SETTINGS,
} from '@songnhap/setup'
import { sql } from 'kysely'
import type { StartedTestContainer } from 'testcontainers'
import { eventually } from './eventually.ts'
import type { ServerProvider } from './server-provider.ts'

const POSTGRES_IMAGE = 'postgres:18'
const POSTGRES_PORT = 5432
const NATS_IMAGE = 'nats:2.10'
const NATS_PORT = 4222
const NATS_CONFIGURATION = '/etc/nats/songnhap.conf'
const PROBE_MAX_MS = 5_000
/** With the time that an image takes to arrive. */
const START_MAX_MS = 180_000
const READY_MAX_MS = 60_000

/** Containers, where an engine answers; with the settings of an installation, but not durable. */
export function containerServers(environment: NodeJS.ProcessEnv): ServerProvider {
  return {
    name: 'containers',
    async start(report) {
      if (!(await engineAnswers())) {
        return { closedBecause: 'no container engine answers, at DOCKER_HOST or the usual sockets' }
      }
      report('starting containers of PostgreSQL and nats-server')
      await using started = new AsyncDisposableStack()
      const postgres = await startPostgres(environment['TEST_POSTGRES_IMAGE'] ?? POSTGRES_IMAGE)
      started.use(postgres.container)
      const nats = await startNats(environment['TEST_NATS_IMAGE'] ?? NATS_IMAGE)
      started.use(nats.container)
      await eventually(() => isAnswering(postgres.url), Boolean, READY_MAX_MS)
      const both = started.move()
      return { postgresUrl: postgres.url, natsUrl: nats.url, stop: () => both.disposeAsync() }
    },
  }
}

/** Loaded only when it is needed: it is larger than everything else that a test file loads. */
const testcontainers = () => import('testcontainers')

/** Asked as the library itself will ask, so that its answer is the one that counts. */
async function engineAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await testcontainers()
  const answer = getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
  return await Promise.race([answer, wait(PROBE_MAX_MS, false, { ref: false })])
}

interface Running {
  readonly container: StartedTestContainer
  readonly url: string
}

async function startPostgres(image: string): Promise<Running> {
  const { GenericContainer, Wait } = await testcontainers()
  const password = drawPassword()
  const container = await new GenericContainer(image)
    .withEnvironment({
      POSTGRES_PASSWORD: password,
      POSTGRES_INITDB_ARGS: ['--encoding=UTF8', ...POSTGRES_LOCALE].join(' '),
    })
    .withCommand(['postgres', ...asArguments({ ...POSTGRES_SETTINGS, fsync: 'off' })])
    .withExposedPorts(POSTGRES_PORT)
    .withWaitStrategy(Wait.forLogMessage('ready to accept connections'))
    .withStartupTimeout(START_MAX_MS)
    .start()
  return {
    container,
    url: `postgres://postgres:${password}@${address(container, POSTGRES_PORT)}/postgres`,
  }
}

async function startNats(image: string): Promise<Running> {
  const { GenericContainer, Wait } = await testcontainers()
  const password = drawPassword()
  const content = natsConfiguration({
    name: 'songnhap-test',
    listen: `0.0.0.0:${NATS_PORT}`,
    store: '/tmp/jetstream',
    syncAlways: false,
    passwordOf: (user) => (user === NATS_OPERATOR ? password : drawPassword()),
  })
  const container = await new GenericContainer(image)
    .withCopyContentToContainer([{ content, target: NATS_CONFIGURATION }])
    .withCommand(['-c', NATS_CONFIGURATION])
    .withExposedPorts(NATS_PORT)
    .withWaitStrategy(Wait.forLogMessage('Server is ready'))
    .withStartupTimeout(START_MAX_MS)
    .start()
  return { container, url: `nats://${NATS_OPERATOR}:${password}@${address(container, NATS_PORT)}` }
}

function drawPassword(): string {
  return randomBytes(24).toString('base64url')
}

function address(container: StartedTestContainer, port: number): string {
  return `${container.getHost()}:${container.getMappedPort(port)}`
}

/** The image starts PostgreSQL twice, the first time for itself: its log says ready too early. */
async function isAnswering(url: string): Promise<boolean> {
  const database = openDatabase<unknown>(url, 'public', undefined, 1)
  try {
    await sql`select 1`.execute(database)
    return true
  } catch {
    // Refused or starting up; the caller's patience bounds it.
    return false
  } finally {
    await database.destroy()
  }
}
