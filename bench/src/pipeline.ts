/**
 * Last result, 29 November 2026, 2 quiet cores (Xeon, PostgreSQL 18.4), default sizes: 92 pages a
 * second, 0.16 of the floor (first round, still cold: 73 and 0.14). At the start of that day, with 22
 * statements for an entry and a transaction for each few facts, 44 and 0.09. Processor seconds for
 * 1,000 pages then and now: PostgreSQL 19.2 and 10.6, reconcile 10.2 and 3.7, entry 8.0 and 3.0,
 * gateway 2.7 and 1.7, nats-server 2.0 and 1.0. The target is 0.5: PostgreSQL is in the way, with a
 * transaction for each entry (half of it claiming and leasing) and for each ruling; four pages of
 * five have one. What is not tried yet: entries of several people in one transaction.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Installation } from '@songnhap/local'
import pg from 'pg'
import { type Admitted, admitPeople } from './admit-people.ts'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'
import { type CpuSeconds, difference, readCpuSeconds } from './cpu-seconds.ts'
import { fillFloor } from './floor.ts'
import { readPages } from './floor-rows.ts'
import { openFloor } from './open-floor.ts'
import { median } from './percentile.ts'
import { SAMPLE_FORM } from './sample-form.ts'
import { type PlannedCampaign, planCampaign, sayCampaign } from './say-campaign.ts'
import { planEntries, startArbiter, startTypist } from './simulated-people.ts'
import { withInstallation } from './with-installation.ts'

const SIZES = { pages: 1000, typists: 16, arbiters: 4, rounds: 2, batch: 64, lanes: 2 } as const
const LOOK_EVERY_MS = 100

type Sizes = { readonly [K in keyof typeof SIZES]: number }

interface Team {
  readonly typists: readonly Admitted[]
  readonly arbiters: readonly Admitted[]
}

interface Round {
  readonly pagesASecond: number
  readonly floorPagesASecond: number
  readonly ratio: number
  /** Processor seconds for a thousand pages, by part. */
  readonly cpu: CpuSeconds
}

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const sizes = readSizes(options, SIZES)
  const rounds = await withInstallation(options.say, {}, (installation) =>
    measure(installation, sizes, options),
  )
  const figures = { sizes, rounds, ratio: median(rounds.map(({ ratio }) => ratio)) }
  return {
    question:
      'How many pages a second go through the whole pipeline, beside a script that only stores the same rows?',
    method: [
      `${sizes.pages} pages, from page.received to record.settled; ${sizes.typists} typists and`,
      `${sizes.arbiters} arbiters without thinking time on the gateway's websockets; real processes,`,
      'fsync and synchronous_commit on, JetStream syncing always. Floor: the very rows that the',
      `pipeline stored, from outside, in transactions of ${sizes.batch} pages on ${sizes.lanes}`,
      `connections of the same server. ${sizes.rounds} rounds, one after the other in turn. Images are`,
      'left out: they are stored once a page and never again.',
    ].join(' '),
    figures,
    lines: describe(rounds),
  }
}

async function measure(
  installation: Installation,
  sizes: Sizes,
  options: BenchOptions,
): Promise<Round[]> {
  const database = new pg.Pool({ connectionString: installation.databaseUrl, max: 2 })
  const floor = await openFloor(installation, sizes.lanes)
  try {
    const { gatewayUrl } = installation
    const team = {
      typists: await admitPeople(database, gatewayUrl, 'typist', sizes.typists),
      arbiters: await admitPeople(database, gatewayUrl, 'arbiter', sizes.arbiters),
    }
    const rounds: Round[] = []
    for (let round = 1; round <= sizes.rounds; round += 1) {
      options.say(`round ${round} of ${sizes.rounds}: the pipeline`)
      const { pageIds, seconds, cpu } = await runPipeline(
        installation,
        database,
        team,
        sizes.pages,
        options.stop,
      )
      options.say(`round ${round}: ${(sizes.pages / seconds).toFixed(0)} pages/s; the floor`)
      const pages = await readPages(database, pageIds)
      await floor.prepare(database, pages)
      const floorSeconds = await fillFloor(floor, pages, sizes.batch, sizes.lanes)
      rounds.push({
        pagesASecond: sizes.pages / seconds,
        floorPagesASecond: sizes.pages / floorSeconds,
        ratio: floorSeconds / seconds,
        cpu: Object.fromEntries(
          Object.entries(cpu).map(([name, used]) => [name, (used * 1000) / sizes.pages]),
        ),
      })
    }
    return rounds
  } finally {
    await floor.close()
    await database.end()
  }
}

async function runPipeline(
  installation: Installation,
  database: pg.Pool,
  team: Team,
  pages: number,
  stop: AbortSignal,
): Promise<{ pageIds: readonly string[]; seconds: number; cpu: CpuSeconds }> {
  const failure = new AbortController()
  const failed = (error: unknown) => failure.abort(error)
  const campaign = planCampaign(SAMPLE_FORM, pages)
  const planned = planEntries(SAMPLE_FORM, campaign.pageIds)
  const streams = await Promise.all([
    ...team.typists.map((person) => startTypist(person, planned, failed)),
    ...team.arbiters.map((person) => startArbiter(person, failed)),
  ])
  try {
    const before = readCpuSeconds(installation)
    const began = performance.now()
    await sayCampaign(database, installation, campaign)
    await untilSettled(database, campaign, AbortSignal.any([stop, failure.signal]))
    const seconds = (performance.now() - began) / 1000
    const cpu = difference(readCpuSeconds(installation), before)
    return { pageIds: campaign.pageIds, seconds, cpu }
  } finally {
    for (const stream of streams) stream.close()
  }
}

async function untilSettled(
  database: pg.Pool,
  { campaignId, pageIds }: PlannedCampaign,
  stop: AbortSignal,
): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ settled: number }>(
      'select count(*)::int as settled from reconcile.settled_page where campaign_id = $1',
      [campaignId],
    )
    if (rows[0]?.settled === pageIds.length) return
    await wait(LOOK_EVERY_MS, undefined, { signal: stop })
  }
}

function describe(rounds: readonly Round[]): string[] {
  const parts = Object.keys(rounds[0]?.cpu ?? {})
  return [
    'round   pages/s   floor   ratio',
    ...rounds.map(({ pagesASecond, floorPagesASecond, ratio }, index) =>
      [
        String(index + 1).padEnd(6),
        pagesASecond.toFixed(0).padStart(9),
        floorPagesASecond.toFixed(0).padStart(8),
        ratio.toFixed(3).padStart(8),
      ].join(''),
    ),
    '',
    'processor seconds for 1,000 pages, the last round',
    ...parts.map(
      (part) => `${part.padEnd(14)}${(rounds.at(-1)?.cpu[part] ?? 0).toFixed(2).padStart(8)}`,
    ),
  ]
}
