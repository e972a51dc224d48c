/**
 * Last result, 29 November 2026, 2 cores shared with a dozen other things (load 24), default sizes: all 40 people of
 * 10,000 pages 813 ms, of 500,000 pages 895 ms: 1.10 of it; one of them 460 and 646 ms: 1.40 of it.
 */
import { connectBus } from '@songnhap/bus'
import { readOperator, readOperators } from '@songnhap/contracts'
import pg from 'pg'
import { pino } from 'pino'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'
import { loadJudgedPages } from './load-judged-pages.ts'
import { median, percentile } from './percentile.ts'
import { withInstallation } from './with-installation.ts'

const SIZES = { small: 10_000, large: 500_000, rounds: 20 } as const

interface Measured {
  readonly pages: number
  readonly typists: number
  /** Of reading all operators, and one of them. */
  readonly listMs: number
  readonly listWorstMs: number
  readonly oneMs: number
}

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const sizes = readSizes(options, SIZES)
  const [small, large] = await withInstallation(options.say, {}, (installation) =>
    measureBoth(installation, sizes, options),
  )
  if (small === undefined || large === undefined) throw new Error('two campaigns were measured')
  const ratios = { list: large.listMs / small.listMs, one: large.oneMs / small.oneMs }
  return {
    question: 'How long does it take to read how accurate people are, and does it grow with pages?',
    method: [
      `Reconcile's own answers over the bus, one at a time, ${sizes.rounds} rounds in turn, the median: all`,
      'operators of a campaign with their trends, and all of one of them. 40 typists, 2,000 pages a day,',
      'five records a page; what is kept of settled pages is put there by SQL.',
    ].join(' '),
    figures: { sizes, measured: [small, large], ratios },
    lines: [
      ...[small, large].map(
        ({ pages, listMs, listWorstMs, oneMs }) =>
          `${pages} pages: list ${ms(listMs)} (worst ${ms(listWorstMs)}), one person ${ms(oneMs)}`,
      ),
      `large to small: list ${ratios.list.toFixed(2)}, one person ${ratios.one.toFixed(2)}`,
    ],
  }
}

async function measureBoth(
  {
    databaseUrl,
    servers,
    services,
    namespace,
  }: Parameters<Parameters<typeof withInstallation>[2]>[0],
  { small, large, rounds }: { readonly [K in keyof typeof SIZES]: number },
  { say, stop }: BenchOptions,
): Promise<Measured[]> {
  await Promise.all([...services.gateway, ...services.entry].map((other) => other.stop()))
  const database = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const campaigns = []
  for (const pages of [small, large]) {
    say(`filling a campaign of ${pages} pages`)
    campaigns.push({ pages, ...(await loadJudgedPages(database, pages)), list: [0], one: [0] })
  }
  await database.end()
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url: servers.natsUrl, namespace, name: 'bench', log })
  try {
    // The first round warms up, and is left out.
    for (let round = -1; round < rounds && !stop.aborted; round += 1) {
      for (const { campaignId, typists, list, one } of campaigns) {
        const listMs = await timed(() => bus.ask(readOperators, { campaignId }))
        const operatorId = typists[0] ?? ''
        const oneMs = await timed(() => bus.ask(readOperator, { campaignId, operatorId }))
        if (round === 0) [list.length, one.length] = [0, 0]
        list.push(listMs)
        one.push(oneMs)
      }
    }
  } finally {
    await bus.close()
  }
  return campaigns.map(({ pages, typists, list, one }) => ({
    pages,
    typists: typists.length,
    listMs: median(list),
    listWorstMs: percentile(list, 1),
    oneMs: median(one),
  }))
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}
