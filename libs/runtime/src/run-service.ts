import {
  type Answer,
  answer,
  type Bus,
  connectBus,
  factPublisher,
  factSource,
  NAMESPACE,
} from '@songnhap/bus'
import { ledgerRequests, Problem, type ServiceName } from '@songnhap/contracts'
import {
  checkSchema,
  type Errand,
  type FactHandler,
  follow,
  isPassing,
  type Ledger,
  lead,
  listDeadLetters,
  openDatabase,
  openLedger,
  readHead,
  readLines,
  relay,
  replayDeadLetter,
} from '@songnhap/database'
import closeWithGrace from 'close-with-grace'
import envSchema from 'env-schema'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import Type, { type Static, type TObject } from 'typebox'
import { createLog } from './create-log.ts'
import { keepHealthFile } from './keep-health-file.ts'
import { untilReachable } from './until-reachable.ts'

const SHUTDOWN_MS = 10_000
const LINES_A_REPLY_MAX = 256
const REPLY_BYTES_MAX = 512 * 1024

/** What every service reads from its environment. */
export const CommonConfig = Type.Object({
  DATABASE_URL: Type.String(),
  NATS_URL: Type.String({ default: 'nats://127.0.0.1:4222' }),
  BUS_NAMESPACE: Type.String({ default: NAMESPACE }),
  LOG_LEVEL: Type.String({ default: 'info' }),
  /** Written every few seconds while database and bus answer; empty: no such file. */
  HEALTH_FILE: Type.String({ default: '' }),
})

/** What a service stands on when its own part begins. */
export interface Stand<S, C> {
  readonly config: C
  readonly db: Kysely<S>
  readonly ledger: Ledger<S>
  readonly bus: Bus
  readonly log: Logger
  /** Runs on stop, before the bus and the database close; the last one given runs first. */
  onStop(stop: () => Promise<void>): void
}

/** What a service adds to the frame. */
export interface Part<S> {
  /** Requests it answers, besides those about its ledger. */
  readonly answers?: readonly Answer[]
  /** Whose facts it applies, and how. */
  readonly follows?: Partial<Record<ServiceName, readonly FactHandler<S>[]>>
  /** What only one instance does at a time, besides relaying and following. */
  readonly errands?: readonly Errand[]
}

/**
 * The frame every service stands in: reads the configuration, waits for database and bus, refuses
 * a schema it does not know, starts the part, says it is ready, and on a signal stops everything
 * in the reverse order of starting.
 */
export async function runService<S, C extends TObject>(definition: {
  name: ServiceName
  environment: NodeJS.ProcessEnv
  config: C
  migrations: string
  start: (stand: Stand<S, Static<C>>) => Promise<Part<S>>
}): Promise<void> {
  const { name, environment } = definition
  const common = readConfig(CommonConfig, environment)
  const config = readConfig(definition.config, environment)
  const log = createLog(name, common.LOG_LEVEL)
  const stops: (() => Promise<void>)[] = []
  stopOnSignal(log, async () => {
    for (const stop of stops.reverse()) await stop()
  })

  const db = openDatabase<S>(common.DATABASE_URL, name, log)
  stops.push(() => db.destroy())
  await untilReachable('the database', log, () => checkSchema(db, definition.migrations, name))
  const bus = await connectBus({
    url: common.NATS_URL,
    namespace: common.BUS_NAMESPACE,
    name,
    log,
  })
  stops.push(() => bus.close())
  const ledger = openLedger(db, () => bus.poke(name), log)
  const part = await definition.start({
    config,
    db,
    ledger,
    bus,
    log,
    onStop: (stop) => stops.push(stop),
  })
  const answers = [...ledgerAnswers(name, db, ledger, part), ...(part.answers ?? [])]
  await bus.answer(name, answers.map(unlessPassing))
  const stopping = new AbortController()
  const leading = lead(db, name, log, stopping.signal, (signal) =>
    doDuties(name, { db, ledger, bus, log }, part, signal),
  )
  stops.push(async () => {
    stopping.abort()
    await leading
  })
  if (common.HEALTH_FILE !== '') {
    const health = keepHealthFile(common.HEALTH_FILE, () => checkGround(db, bus), log)
    stops.push(async () => health.stop())
  }
  log.info('ready')
  process.send?.({ ready: true })
}

/** Throws when the service stands on nothing. */
async function checkGround<S>(db: Kysely<S>, bus: Bus): Promise<void> {
  if (!bus.isConnected()) throw new Problem('UNAVAILABLE', ['bus'])
  await readHead(db)
}

/** A database that is away says nothing against the question: it may be asked again. */
function unlessPassing(one: Answer): Answer {
  return {
    ...one,
    async handle(request) {
      try {
        return await one.handle(request)
      } catch (error) {
        throw isPassing(error) ? new Problem('UNAVAILABLE', [], { cause: error }) : error
      }
    },
  }
}

/** What the leader among the instances does: relay its own ledger, follow others', run its errands. */
async function doDuties<S>(
  name: ServiceName,
  stand: Pick<Stand<S, unknown>, 'db' | 'ledger' | 'bus' | 'log'>,
  part: Part<S>,
  leading: AbortSignal,
): Promise<void> {
  const { db, ledger, bus, log } = stand
  const source = factSource(bus, name)
  const producers = Object.entries(part.follows ?? {}) as [ServiceName, FactHandler<S>[]][]
  log.info('leads')
  try {
    await Promise.all([
      relay(db, factPublisher(bus, name), log, leading),
      ...producers.map(([producer, handlers]) =>
        follow({ db, ledger, source, producer, handlers, log }, leading),
      ),
      ...(part.errands ?? []).map((errand) => errand.run(leading)),
    ])
  } finally {
    log.info('leads no more')
  }
}

function ledgerAnswers<S>(
  name: ServiceName,
  db: Kysely<S>,
  ledger: Ledger<S>,
  part: Part<S>,
): Answer[] {
  const requests = ledgerRequests(name)
  const handlersOf = (producer: string) =>
    Object.entries(part.follows ?? {}).find(([followed]) => followed === producer)?.[1] ?? []
  return [
    answer(requests.head, async () => ({ position: await readHead(db) })),
    answer(requests.get, async ({ from, to }) => {
      const stored = await readLines(db, from, to, LINES_A_REPLY_MAX)
      let bytes = 0
      const fitting = stored.filter((line, index) => {
        bytes += Buffer.byteLength(line.body)
        return index === 0 || bytes <= REPLY_BYTES_MAX
      })
      return {
        lines: fitting.map((line) => ({
          position: line.position,
          kind: line.kind,
          at: line.at.toISOString(),
          body: JSON.parse(line.body),
        })),
      }
    }),
    answer(requests.deadLetters, async () => ({ deadLetters: await listDeadLetters(db, name) })),
    answer(requests.replay, ({ deadLetterId }) =>
      replayDeadLetter(ledger, handlersOf, deadLetterId),
    ),
  ]
}

function readConfig<C extends TObject>(schema: C, environment: NodeJS.ProcessEnv): Static<C> {
  return envSchema.default<Static<C>>({ schema, data: environment, env: false })
}

/**
 * SIGTERM and SIGINT stop in order, also a service that still waits for what it stands on; so does
 * the end of a parent that started this process.
 */
function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false
  const grace = closeWithGrace({ delay: SHUTDOWN_MS, logger: log }, async ({ err }) => {
    stopping = true
    if (err !== undefined) log.error({ err }, 'stopping after an error')
    await stop()
    log.info('stopped')
  })
  process.once('disconnect', () => {
    if (!stopping) grace.close()
  })
}
