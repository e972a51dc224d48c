/**
 * `npm run demo -- --trial`: one installation and one trial for each seed, and a table of what came out.
 *
 * Last result, 30 November 2026, 2 cores (Xeon, PostgreSQL 18.4), 5,000 pages, 40 typists, 6 arbiters, seeds 1 to
 * 10, 4 min 46 s each with start and stop: 379 of 400 intervals hold the true rate (94.8 %; 36 to 40 of 40), in
 * every seed both copying pairs and no other flagged, the one who tires signalled (and 1 to 7 of 39 others, as a
 * run length of 100,000 fields lets expect), the careless arbiter alone outstanding, the residual error (14.0 to
 * 18.7 in 10,000) inside its interval, both bad books kept shut and every good one open.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  demoEnvironment,
  judgeTrial,
  runTrial,
  type TrialFinding,
  type TrialResult,
} from '@songnhap/demo'
import { startInstallation } from '@songnhap/local'
import type { TrialRequest } from './demo-plan.ts'

const LEASE_SECONDS = 60
const SECOND_SHARE = '0.05'
const SAY_EVERY_MS = 5_000
/** Of the intervals of all typists of all seeds: 95 % are to hold the true rate. */
const COVERAGE = [0.93, 0.97] as const
/** Of ten seeds, one may fail in what is decided by chance. */
const SEEDS_HELD_SHARE = 0.9

interface Trial {
  readonly result: TrialResult
  readonly findings: readonly TrialFinding[]
}

/** 0 if what was measured is what is true, as far as chance lets it. */
export async function carryOutTrial(
  request: TrialRequest,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<number> {
  const trials: Trial[] = []
  for (let seed = request.seed; seed < request.seed + request.seeds; seed += 1) {
    if (stop.aborted) return 130
    say(`seed ${seed}`)
    const result = await runOnce({ ...request, seed }, say, stop)
    trials.push({ result, findings: judgeTrial(result) })
    say(rowOf(trials.at(-1)))
  }
  if (request.json) process.stdout.write(`${JSON.stringify(trials)}\n`)
  else process.stdout.write(`${tableOf(trials).join('\n')}\n`)
  return isSound(trials) ? 0 : 1
}

async function runOnce(
  { pages, typists, arbiters, seed }: TrialRequest,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<TrialResult> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-trial-'))
  try {
    const { reconcile, ...others } = demoEnvironment(LEASE_SECONDS)
    // As an installation has it by itself: one ruling in twenty is asked once more.
    const environment = { ...others, reconcile: { ...reconcile, SECOND_SHARE } }
    const installation = await startInstallation({ folder, report: say, environment })
    let saidAt = 0
    try {
      const { gatewayUrls, administrator } = installation
      const sizes = { pages, typists, arbiters, seed }
      const onStage = (words: string) => {
        if (Date.now() - saidAt < SAY_EVERY_MS) return
        saidAt = Date.now()
        say(`  ${words}`)
      }
      return await runTrial({ ...sizes, gatewayUrls, administrator, stop, onStage })
    } finally {
      await installation.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function tableOf(trials: readonly Trial[]): string[] {
  const [first] = trials
  if (first === undefined) return []
  const head = ['seed', 'seconds', ...first.findings.map(({ what }) => what)]
  const { covered, all } = coverage(trials)
  const share = ((100 * covered) / all).toFixed(1)
  return [
    head.join(' | '),
    head.map(() => '---').join(' | '),
    ...trials.map(rowOf),
    '',
    `intervals that hold the true rate: ${covered} of ${all} (${share} %)`,
  ]
}

function rowOf(trial: Trial | undefined): string {
  if (trial === undefined) return ''
  const { result, findings } = trial
  const seconds = Object.values(result.seconds).reduce((sum, one) => sum + one, 0)
  const cells = findings.map(({ holds, words }) => `${holds ? '✓' : '✗'} ${words}`)
  return [result.seed, seconds.toFixed(0), ...cells].join(' | ')
}

function coverage(trials: readonly Trial[]) {
  const people = trials.flatMap(({ result }) => result.typists)
  return { covered: people.filter(({ covered }) => covered).length, all: people.length }
}

/** With few people the share of intervals may be anything: it counts from 200. */
function isSound(trials: readonly Trial[]): boolean {
  const { covered, all } = coverage(trials)
  const [low, high] = COVERAGE
  if (all >= 200 && (covered / all < low || covered / all > high)) return false
  const kinds = new Set(trials.flatMap(({ findings }) => findings.map(({ what }) => what)))
  return [...kinds].every((kind) => {
    const held = trials.filter(({ findings }) =>
      findings.some(({ what, holds }) => what === kind && holds),
    )
    return held.length >= Math.floor(trials.length * SEEDS_HELD_SHARE)
  })
}
