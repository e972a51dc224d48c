/**
 * `npm run demo`: starts an installation on an empty folder of its own, lets simulated people do the
 * whole job in it, and reports how much of what came out is right. Exits 0 only if every page is
 * settled and no promise was broken.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DemoResult, demoEnvironment, runDemo } from '@songnhap/demo'
import { type Installation, startInstallation } from '@songnhap/local'
import { DEMO_USAGE, type DemoPlan, readDemoPlan } from './demo-plan.ts'
import { printDemoResult } from './print-demo-result.ts'
import { wordsOf } from './progress.ts'
import { showDemoStage } from './show-demo-stage.ts'
import { stopSignal } from './stop-signal.ts'

const LEASE_SECONDS = 6
const INTERRUPTED = 130

/** Progress goes to standard error, so that the result alone is on standard output. */
const say = (line: string) => void process.stderr.write(`${line}\n`)

process.exitCode = await main()

async function main(): Promise<number> {
  let plan: DemoPlan | 'help'
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
    return await carryOut(plan, stopSignal(say))
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
  { source, typists, arbiters, seed, json }: DemoPlan,
  { gatewayUrls, administrator }: Installation,
  stopping: AbortSignal,
): Promise<number> {
  const display = showDemoStage(source.total, say)
  const interrupted = stopping.aborted ? Promise.resolve() : once(stopping, 'abort')
  const running = runDemo({
    gatewayUrls,
    administrator,
    source,
    typists,
    arbiters,
    seed,
    leaseMs: LEASE_SECONDS * 1000,
    stop: stopping,
    onStage: display.update,
  }).finally(display.stop)
  const result = await Promise.race([running, interrupted.then(() => undefined)])
  if (result === undefined) {
    await Promise.allSettled([running])
    return INTERRUPTED
  }
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else printDemoResult(result)
  return isSound(result) ? 0 : 1
}

/** That every page is settled is what the run waited for. */
function isSound({ violations }: DemoResult): boolean {
  return Object.values(violations).every((count) => count === 0)
}
