/**
 * Last result, 29 November 2026, 2 quiet cores (Xeon, PostgreSQL 18.4), default sizes: 313 a second,
 * p99 82 ms; 0.13 of graphile-worker (2,453 a second; target 1.5), which stores nothing. At the start
 * of that day 175 and 0.07. p99 with 1,000,000 open pages 0.80 of that with 10,000 (target at most
 * 1.3). In the way: 1.9 ms of entry's and 3.2 ms of PostgreSQL's processor time for each entry with
 * its next page, in seven statements, of which claiming and leasing take 1.5 ms.
 */
import type { Installation } from '@songnhap/local'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'
import { openDispatch, type Side, type Turn } from './dispatch-side.ts'
import { median, percentile } from './percentile.ts'
import { createQueueDatabase, openGraphileWorker, openPgBoss } from './queue-sides.ts'
import { withInstallation } from './with-installation.ts'

const SIZES = {
  small: 10_000,
  large: 1_000_000,
  jobs: 40_000,
  clients: 8,
  seconds: 3,
  rounds: 3,
} as const

type Sizes = { readonly [K in keyof typeof SIZES]: number }

interface Measured {
  readonly name: string
  /** Claimed and completed, the median of the rounds. */
  readonly aSecond: number
  readonly p50Ms: number | null
  readonly p99Ms: number | null
}

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const sizes = readSizes(options, SIZES)
  const measured = await withInstallation(options.say, {}, (first) =>
    withInstallation(options.say, {}, (second) => measure(first, second, sizes, options)),
  )
  const [small, large, ...queues] = measured
  const fastest = Math.max(...queues.map(({ aSecond }) => aSecond))
  const ratios = {
    toFasterQueue: (small?.aSecond ?? 0) / fastest,
    p99LargeToSmall: (large?.p99Ms ?? 0) / (small?.p99Ms ?? 0),
  }
  return {
    question:
      'How many pages are claimed and completed a second, and does the backlog slow it down?',
    method: [
      `Entry's own answer to entry.submit (stores the entry, says the fact, gives the next page), over`,
      `the bus, ${sizes.clients} at a time by 500 typists, in two installations with different backlogs,`,
      '40 % of the pages with one pass keyed, put there by SQL; only intake and entry run. pg-boss and',
      `graphile-worker: empty jobs, one at a time, ${sizes.clients} at a time, on the first one's`,
      `PostgreSQL. All durable; ${sizes.rounds} rounds of ${sizes.seconds} s each, in turn.`,
    ].join(' '),
    figures: { sizes, measured, ratios },
    lines: describe(measured, ratios),
  }
}

async function measure(
  first: Installation,
  second: Installation,
  sizes: Sizes,
  { say, stop }: BenchOptions,
): Promise<Measured[]> {
  const { small, large, jobs, clients } = sizes
  say('filling the backlogs')
  const queues = await createQueueDatabase(first)
  const sides = [
    await openDispatch(first, small, clients),
    await openDispatch(second, large, clients),
    await openPgBoss(queues, jobs, clients),
    await openGraphileWorker(queues, jobs, clients),
  ]
  try {
    const turns = new Map<Side, Turn[]>(sides.map((side) => [side, []]))
    for (let round = 1; round <= sizes.rounds; round += 1) {
      for (const side of sides) {
        stop.throwIfAborted()
        say(`round ${round} of ${sizes.rounds}: ${side.name}`)
        turns.get(side)?.push(await side.turn(sizes.seconds * 1000))
      }
    }
    return [...turns].map(([side, taken]) => summarise(side.name, taken))
  } finally {
    for (const side of sides) await side.close()
  }
}

function summarise(name: string, turns: readonly Turn[]): Measured {
  const latencies = turns.flatMap(({ latenciesMs }) => latenciesMs)
  return {
    name,
    aSecond: median(turns.map(({ done, seconds }) => done / seconds)),
    p50Ms: latencies.length === 0 ? null : median(latencies),
    p99Ms: latencies.length === 0 ? null : percentile(latencies, 0.99),
  }
}

function describe(measured: readonly Measured[], ratios: Readonly<Record<string, number>>) {
  const milliseconds = (value: number | null) =>
    (value === null ? '–' : value.toFixed(1)).padStart(9)
  return [
    `${'side'.padEnd(28)}  a second   p50 ms   p99 ms`,
    ...measured.map(
      ({ name, aSecond, p50Ms, p99Ms }) =>
        `${name.padEnd(28)}${aSecond.toFixed(0).padStart(10)}${milliseconds(p50Ms)}${milliseconds(p99Ms)}`,
    ),
    '',
    ...Object.entries(ratios).map(([name, ratio]) => `${name}: ${ratio.toFixed(2)}`),
  ]
}
