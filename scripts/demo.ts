/**
 * `npm run demo`: starts an installation on an empty folder of its own, lets simulated people do the
 * whole job in it, and reports how much of what came out is right. Exits 0 only if every page is
 * settled and no promise was broken.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVICES } from '@songnhap/contracts'
import {
  type DemoResult,
  type DemoStage,
  demoEnvironment,
  type RestartStep,
  runDemo,
  runWithRestarts,
} from '@songnhap/demo'
import { type Installation, startInstallation } from '@songnhap/local'
import { DEMO_USAGE, type DemoPlan, readDemoPlan, type TrialRequest } from './demo-plan.ts'
import { printDemoResult } from './print-demo-result.ts'
import { wordsOf } from './progress.ts'
import { showDemoStage } from './show-demo-stage.ts'
import { stopSignal } from './stop-signal.ts'
import { carryOutTrial } from './trial.ts'

const LEASE_SECONDS = 6
const INTERRUPTED = 130

/** Progress goes to standard error, so that the result alone is on standard output. */
const say = (line: string) => void process.stderr.write(`${line}\n`)

process.exitCode = await main()

async function main(): Promise<number> {
  let plan: DemoPlan | TrialRequest | 'help'
  try {
    plan = await readDemoPlan(process.argv.slice(2))
  } catch (error) {
    say(`${wordsOf(error)}\n\n${DEMO_USAGE}`)
    return 2
  }
  if (plan === 'help') {
    say(DEMO_USAGE)
    return 0
  }
  try {
    const stopping = stopSignal(say)
    return plan.trial ? await carryOutTrial(plan, say, stopping) : await carryOut(plan, stopping)
  } catch (error) {
    say(wordsOf(error))
    return 1
  }
}

async function carryOut(plan: DemoPlan, stopping: AbortSignal): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-demo-'))
  try {
    const installation = await startInstallation({
      folder,
      report: say,
      environment: demoEnvironment(LEASE_SECONDS),
      instances: Object.fromEntries(SERVICES.map((name) => [name, plan.instances])),
    })
    try {
      return await present(plan, installation, stopping)
    } finally {
      await installation.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function present(
  plan: DemoPlan,
  installation: Installation,
  stopping: AbortSignal,
): Promise<number> {
  const display = showDemoStage(plan.source.total, say)
  const interrupted = stopping.aborted ? Promise.resolve() : once(stopping, 'abort')
  const running = run(plan, installation, stopping, display.update).finally(display.stop)
  const result = await Promise.race([running, interrupted.then(() => undefined)])
  if (result === undefined) {
    await Promise.allSettled([running])
    return INTERRUPTED
  }
  if (plan.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else printDemoResult(result)
  return isSound(result) ? 0 : 1
}

type Result = DemoResult & { readonly restarts?: readonly RestartStep[] }

async function run(
  { source, typists, arbiters, seed, restart }: DemoPlan,
  { gatewayUrls, administrator, services }: Installation,
  stop: AbortSignal,
  onStage: (stage: DemoStage) => void,
): Promise<Result> {
  const leaseMs = LEASE_SECONDS * 1000
  const people = { administrator, typists, arbiters, seed }
  const options = { gatewayUrls, source, leaseMs, stop, onStage, ...people }
  if (restart === undefined) return await runDemo(options)
  const processes = SERVICES.flatMap((name) => services[name])
  return await runWithRestarts(options, {
    processes,
    signal: restart,
    onStep: ({ label, secondsToEnd, secondsToReady, settled: [before, after] }) =>
      say(
        `${label}: ${restart}, ended after ${secondsToEnd} s, serves again after ${secondsToReady} s` +
          `; ${before} → ${after} of ${source.total} pages settled`,
      ),
  })
}

/** That every page is settled is what the run waited for. */
function isSound({ violations, restarts = [] }: Result): boolean {
  const isWhole = Object.values(violations).every((count) => count === 0)
  return isWhole && restarts.every(({ whileWorking }) => whileWorking)
}
