/**
 * Last result, 29 November 2026, 2 quiet cores, default sizes (1,000 typists, 30 entries a second):
 * p50 8.3 ms, p99 43 ms, 15 times that of an echo (target at most 10); before sockets with full hands
 * asked entry once a minute and not every 10 seconds, p99 351 ms. Memory of a connection 2.9 times
 * (60 KiB against 20; target at most 1.5): the session, its timers and its subscription.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Installation } from '@songnhap/local'
import { sampleTruth } from '@songnhap/samples'
import pg from 'pg'
import { admitPeople } from './admit-people.ts'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'
import { measuredEnvironment, readMemory } from './measured-process.ts'
import { median, percentile } from './percentile.ts'
import { SAMPLE_FORM } from './sample-form.ts'
import { planCampaign, sayCampaign } from './say-campaign.ts'
import { type Connected, connectTypists, startEcho } from './stream-sides.ts'
import { withInstallation } from './with-installation.ts'

const SIZES = { typists: 1000, rate: 30, seconds: 5, rounds: 4 } as const
const SEED = 1
const LOOK_EVERY_MS = 100
const KIB = 1024

type Sizes = { readonly [K in keyof typeof SIZES]: number }

interface Measured {
  readonly handedIn: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly kibAConnection: number
}

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const sizes = readSizes(options, SIZES)
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-bench-memory-'))
  try {
    const gateway = measuredEnvironment(folder, 'gateway')
    const { ours, echo } = await withInstallation(options.say, { gateway }, (installation) =>
      measure(installation, folder, sizes, options),
    )
    const ratios = {
      p99: ours.p99Ms / echo.p99Ms,
      memory: ours.kibAConnection / echo.kibAConnection,
    }
    return {
      question: 'How long is it from an entry to the next page, and what does a connection cost?',
      method: [
        `${sizes.typists} typists on one gateway hand in ${sizes.rate} pages a second in all; timed from`,
        "sending the entry to the next assignment. Beside it Fastify's websocket in a process of its own,",
        `echoing the same text to as many connections; ${sizes.rounds} rounds of ${sizes.seconds} s, in turn.`,
        'Sessions are put into the database, nobody signs in. Memory: resident set after a collection,',
        'with all connected and idle, less that with nobody connected.',
      ].join(' '),
      figures: { sizes, ours, echo, ratios },
      lines: describe({ ours, echo }, ratios),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(
  installation: Installation,
  folder: string,
  sizes: Sizes,
  { say, stop }: BenchOptions,
): Promise<{ ours: Measured; echo: Measured }> {
  const records = sampleTruth(SEED, 0)
  const text = JSON.stringify({ type: 'submit', records })
  const database = new pg.Pool({ connectionString: installation.databaseUrl, max: 1 })
  const echoServer = await startEcho(measuredEnvironment(folder, 'echo'))
  const sockets: Connected[] = []
  try {
    await fillBacklog(installation, database, sizes, stop)
    const { typists, rate, rounds, seconds } = sizes
    const people = await admitPeople(database, installation.gatewayUrl, 'typist', typists)
    const gatewayPid = installation.services.gateway[0]?.pid ?? 0
    say(`connecting ${typists} typists, and as many to the echo`)
    const [ours, ourMemory] = await weighed(folder, 'gateway', gatewayPid, () =>
      connectTypists(people, records),
    )
    sockets.push(...ours)
    const [echo, echoMemory] = await weighed(folder, 'echo', echoServer.pid, () =>
      echoServer.connect(typists, text),
    )
    sockets.push(...echo)
    const ourWaits: number[] = []
    const echoWaits: number[] = []
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`)
      ourWaits.push(...(await handInSteadily(ours, rate, seconds, stop)))
      echoWaits.push(...(await handInSteadily(echo, rate, seconds, stop)))
    }
    return {
      ours: summarise(ourWaits, ourMemory / typists),
      echo: summarise(echoWaits, echoMemory / typists),
    }
  } finally {
    for (const socket of sockets) socket.close()
    await echoServer.stop()
    await database.end()
  }
}

/** A page for everybody, and one for each that will be handed in. */
async function fillBacklog(
  installation: Installation,
  database: pg.Pool,
  { typists, rate, seconds, rounds }: Sizes,
  stop: AbortSignal,
): Promise<void> {
  const pages = typists + rate * seconds * rounds
  await sayCampaign(database, installation, planCampaign(SAMPLE_FORM, pages))
  for (;;) {
    const { rows } = await database.query('select count(*)::int as open from entry.open_page')
    if (rows[0]?.open === pages) return
    await wait(LOOK_EVERY_MS, undefined, { signal: stop })
  }
}

/** What is made, and by how many bytes the process grew with it. */
async function weighed<T>(
  folder: string,
  name: string,
  pid: number,
  make: () => Promise<T>,
): Promise<[T, number]> {
  const before = await readMemory(folder, name, pid)
  const made = await make()
  return [made, (await readMemory(folder, name, pid)) - before]
}

/** Somebody hands in at every tick, whether or not the one before has been answered. */
async function handInSteadily(
  sockets: readonly Connected[],
  rate: number,
  seconds: number,
  stop: AbortSignal,
): Promise<number[]> {
  const waits: number[] = []
  const free = [...sockets]
  const began = performance.now()
  const under: Promise<void>[] = []
  const failure = new AbortController()
  const signal = AbortSignal.any([stop, failure.signal])
  for (let tick = 0; tick < rate * seconds; tick += 1) {
    const due = began + (tick * 1000) / rate - performance.now()
    if (due > 0) await wait(due, undefined, { signal })
    const socket = free.shift()
    if (socket === undefined) throw new Error('everybody waits: the rate is too high')
    const sent = performance.now()
    under.push(
      socket.handIn().then(
        () => {
          waits.push(performance.now() - sent)
          free.push(socket)
        },
        (error) => failure.abort(error),
      ),
    )
  }
  await Promise.all(under)
  signal.throwIfAborted()
  return waits
}

function summarise(waits: readonly number[], bytesAConnection: number): Measured {
  return {
    handedIn: waits.length,
    p50Ms: median(waits),
    p99Ms: percentile(waits, 0.99),
    kibAConnection: bytesAConnection / KIB,
  }
}

function describe(
  sides: Readonly<Record<string, Measured>>,
  ratios: Readonly<Record<string, number>>,
): string[] {
  const column = (value: number, digits: number) => value.toFixed(digits).padStart(10)
  return [
    'side   handed in    p50 ms    p99 ms   KiB/conn',
    ...Object.entries(sides).map(
      ([name, { handedIn, p50Ms, p99Ms, kibAConnection }]) =>
        `${name.padEnd(6)}${column(handedIn, 0)}${column(p50Ms, 1)}${column(p99Ms, 1)} ${column(kibAConnection, 1)}`,
    ),
    '',
    ...Object.entries(ratios).map(([name, ratio]) => `${name}: ${ratio.toFixed(2)}`),
  ]
}
