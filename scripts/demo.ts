/**
 * `npm run demo`: starts an installation on an empty folder of its own, lets simulated people do the
 * whole job in it, and reports how much of what came out is right. Exits 0 only if every page is
 * settled and no promise was broken.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type DemoResult,
  type DemoStage,
  demoEnvironment,
  ownScans,
  type PageSource,
  runDemo,
  samplePages,
} from '@songnhap/demo'
import { startInstallation } from '@songnhap/local'
import { SingleBar } from 'cli-progress'
import { printDemoResult } from './print-demo-result.ts'

const LEASE_SECONDS = 6
const LINE_EVERY_MS = 5_000

const USAGE = `npm run demo -- [--pages 200] [--typists 6] [--arbiters 2] [--seed 1] [--json]
npm run demo -- --images FOLDER --form FORM.json --truth TRUTH.csv [--typists 6] …
  TRUTH.csv: item,field,value – item is the image's name without ending, #, and the record`

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '200' },
    typists: { type: 'string', default: '6' },
    arbiters: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    images: { type: 'string' },
    form: { type: 'string' },
    truth: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** Progress goes to standard error, so that the result alone is on standard output. */
const say = (line: string) => process.stderr.write(`${line}\n`)

if (values.help) {
  say(USAGE)
} else {
  process.exitCode = await main()
}

interface Plan {
  readonly typists: number
  readonly arbiters: number
  readonly seed: number
  readonly source: PageSource
}

async function main(): Promise<number> {
  const plan = await readPlan().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
  })
  return plan === undefined ? 2 : await carryOut(plan)
}

/** What was asked for; whatever is wrong with it is said before anything is started. */
async function readPlan(): Promise<Plan> {
  const seed = whole('seed', values.seed, 0)
  return {
    typists: whole('typists', values.typists, 2),
    arbiters: whole('arbiters', values.arbiters, 1),
    seed,
    source: await openSource(seed),
  }
}

async function carryOut({ typists, arbiters, seed, source }: Plan): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-demo-'))
  const installation = await startInstallation({
    folder,
    report: say,
    environment: demoEnvironment(LEASE_SECONDS),
  })
  const progress = showProgress(source.total)
  try {
    const result = await runDemo({
      gatewayUrl: installation.gatewayUrl,
      administrator: installation.administrator,
      source,
      typists,
      arbiters,
      seed,
      leaseMs: LEASE_SECONDS * 1000,
      onStage: progress.update,
    })
    progress.stop()
    if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`)
    else printDemoResult(result)
    return isSound(result) ? 0 : 1
  } finally {
    progress.stop()
    await installation.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openSource(seed: number): Promise<PageSource> {
  const { images, form, truth } = values
  if (images === undefined && form === undefined && truth === undefined) {
    return await samplePages(whole('pages', values.pages, 1), seed)
  }
  if (images === undefined || form === undefined || truth === undefined) {
    throw new Error(`--images, --form and --truth go together\n${USAGE}`)
  }
  return await ownScans(images, form, truth)
}

function isSound({ violations }: DemoResult): boolean {
  // That every page is settled is what the run waited for.
  return Object.values(violations).every((count) => count === 0)
}

function whole(name: string, text: string, min: number): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < min) {
    throw new Error(`--${name} must be a whole number of at least ${min}\n${USAGE}`)
  }
  return value
}

/** A bar on a terminal, a line now and then elsewhere. */
function showProgress(total: number): { update(stage: DemoStage): void; stop(): void } {
  const text = (s: DemoStage) =>
    `${s.uploaded} pages in, ${s.entries} entries, ${s.settled} of ${s.total} pages settled`
  if (process.stderr.isTTY) {
    const bar = new SingleBar({ format: '{bar} {text}', hideCursor: true, stream: process.stderr })
    bar.start(total, 0, { text: 'starting' })
    return {
      update: (stage) => bar.update(stage.settled, { text: text(stage) }),
      stop: () => bar.stop(),
    }
  }
  let saidAt = 0
  return {
    update(stage) {
      if (Date.now() - saidAt < LINE_EVERY_MS && stage.settled < stage.total) return
      saidAt = Date.now()
      say(text(stage))
    },
    stop() {},
  }
}
