/** The demonstration, while every process is ended and started again, one after the other. */
import { setTimeout as wait } from 'node:timers/promises'
import type { PageSource } from './page-source.ts'
import { type DemoOptions, type DemoResult, type DemoStage, runDemo } from './run-demo.ts'

const LOOK_EVERY_MS = 50
/** Beside one a process: the slice before the first restart, and the one after the last. */
const SLICES_BESIDE = 2
/** While a process is restarted, the pages of its slice follow each other, so that they last. */
const UNDER_WAY_MAX = 2

/** A process of an installation, as libs/local manages it. */
interface Restartable {
  readonly label: string
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  start(): Promise<void>
}

export interface RestartPlan {
  readonly processes: readonly Restartable[]
  /** SIGTERM lets a service stop in order; SIGKILL does not. */
  readonly signal: 'SIGTERM' | 'SIGKILL'
  readonly onStep?: (step: RestartStep) => void
}

export interface RestartStep {
  readonly label: string
  readonly secondsToEnd: number
  readonly secondsToReady: number
  /** Pages settled when it began, and when they were counted after the process served again. */
  readonly settled: readonly [number, number]
  /** Of those handed out by then, some were not settled: both when it began and when it served again. */
  readonly whileWorking: boolean
}

/**
 * Pages come in slices, so that there is work until the last process serves again: when all slices
 * so far are in, the next one is let in, and a process restarted as soon as its first page is on its
 * way. The rest of the slice comes bit by bit meanwhile; the last slice follows the last restart.
 * Fails when a process does not end or does not start again.
 */
export async function runWithRestarts(
  options: DemoOptions,
  plan: RestartPlan,
): Promise<DemoResult & { readonly restarts: readonly RestartStep[] }> {
  const { source } = options
  const slices = plan.processes.length + SLICES_BESIDE
  if (source.total < slices) throw new Error(`a rolling restart needs at least ${slices} pages`)
  const failed = new AbortController()
  const stops = [failed.signal, ...(options.stop === undefined ? [] : [options.stop])]
  const stop = AbortSignal.any(stops)
  const until = async (holds: () => boolean) => {
    while (!holds()) await wait(LOOK_EVERY_MS, undefined, { signal: stop })
  }
  let slice = 1
  let handedOut = 0
  let isRestarting = false
  const letIn = () => Math.floor((source.total * slice) / slices)
  let stage: DemoStage = { total: source.total, uploaded: 0, entries: 0, settled: 0 }
  const progress: Progress = {
    handedOut: () => handedOut,
    settled: () => stage.settled,
    async countSettled() {
      const seen = stage
      await until(() => stage !== seen)
      return stage.settled
    },
  }

  const restartAll = async () => {
    const steps: RestartStep[] = []
    for (const process of plan.processes) {
      const before = letIn()
      await until(() => stage.uploaded >= before)
      slice += 1
      await until(() => handedOut > before)
      isRestarting = true
      const step = await restart(process, plan.signal, progress)
      isRestarting = false
      steps.push(step)
      plan.onStep?.(step)
    }
    slice += 1
    return steps
  }
  const running = runDemo({
    ...options,
    stop,
    source: holdBack(source, async (index) => {
      const isTurn = () => !isRestarting || handedOut - stage.settled < UNDER_WAY_MAX
      await until(() => index < letIn() && isTurn())
      handedOut += 1
    }),
    onStage(now) {
      stage = now
      options.onStage?.(now)
    },
  })
  const restarting = restartAll()
  const all = [running, restarting] as const
  try {
    const [result, restarts] = await Promise.all(all)
    return { ...result, restarts }
  } finally {
    failed.abort()
    await Promise.allSettled(all)
  }
}

function holdBack(source: PageSource, until: (index: number) => Promise<void>): PageSource {
  return {
    form: source.form,
    total: source.total,
    async page(index) {
      await until(index)
      return await source.page(index)
    },
  }
}

/** In pages. */
interface Progress {
  handedOut(): number
  /** As counted last. */
  settled(): number
  /** Counted anew. */
  countSettled(): Promise<number>
}

async function restart(
  process: Restartable,
  signal: RestartPlan['signal'],
  progress: Progress,
): Promise<RestartStep> {
  const [before, handedOutBefore] = [progress.settled(), progress.handedOut()]
  const began = performance.now()
  await process.kill(signal)
  const ended = performance.now()
  await process.start()
  const ready = performance.now()
  const handedOut = progress.handedOut()
  const after = await progress.countSettled()
  return {
    label: process.label,
    secondsToEnd: inTenths(ended - began),
    secondsToReady: inTenths(ready - ended),
    settled: [before, after],
    whileWorking: before < handedOutBefore && after < handedOut,
  }
}

function inTenths(ms: number): number {
  return Math.round(ms / 100) / 10
}
