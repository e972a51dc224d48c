import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { seeProcess } from './see-process.ts'

const KILL_WAIT_MS = 60_000
const SIGKILL_WAIT_MS = 10_000
const DEATHS_MAX = 10
const DEATHS_WINDOW_MS = 60_000
const BACKOFF_FIRST_MS = 100
const BACKOFF_MAX_MS = 5_000

/** A server of this installation: may be killed and started again, with the same port and data. */
export interface ManagedServer {
  readonly pid: number | undefined
  /** Sends the signal and waits until the process is really gone. It is not started again. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Resolves when it serves. */
  start(): Promise<void>
  /** In order, within a bounded time. */
  stop(): Promise<void>
}

/** How one process is run. */
export interface ProcessPlan {
  readonly name: string
  readonly pidFile: string
  readonly stopSignal: NodeJS.Signals
  readonly stopWaitMs: number
  /** Prepares, spawns, and waits until it serves. Given `born` before the wait. */
  launch(born: (child: ChildProcess) => void): Promise<void>
  /** The end of its log, for errors. */
  logTail(): string
  report(line: string): void
}

/** Whoever ends without stopping, by an error or process.exit, takes its processes along. */
const RUNNING = new Map<ChildProcess, NodeJS.Signals>()
process.once('exit', () => {
  for (const [child, signal] of RUNNING) child.kill(signal)
})

/** Keeps one process running while it is wanted; one that dies by itself is started again. */
export class ManagedProcess implements ManagedServer {
  readonly #plan: ProcessPlan
  #child: ChildProcess | undefined
  #wanted = false
  #starting: Promise<void> | undefined
  #deaths: number[] = []

  constructor(plan: ProcessPlan) {
    this.#plan = plan
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<void> {
    this.#wanted = true
    try {
      await this.#begin()
    } catch (error) {
      this.#wanted = false
      throw error
    }
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#wanted = false
    const child = this.#child
    if (child === undefined) return
    child.kill(signal)
    if (!(await hasExited(child, KILL_WAIT_MS))) {
      throw new Error(`${this.#plan.name} did not end on ${signal}`)
    }
  }

  async stop(): Promise<void> {
    this.#wanted = false
    const child = this.#child
    if (child === undefined) return
    child.kill(this.#plan.stopSignal)
    if (await hasExited(child, this.#plan.stopWaitMs)) return
    this.#plan.report(`${this.#plan.name} does not stop and is killed`)
    child.kill('SIGKILL')
    await hasExited(child, SIGKILL_WAIT_MS)
  }

  async #begin(): Promise<void> {
    if (this.#child !== undefined && this.#starting === undefined) return
    this.#starting ??= this.#launch().finally(() => {
      this.#starting = undefined
    })
    await this.#starting
  }

  async #launch(): Promise<void> {
    const { name, launch, logTail } = this.#plan
    try {
      await launch((child) => this.#adopt(child))
    } catch (cause) {
      const child = this.#child
      child?.kill('SIGKILL')
      if (child !== undefined) await hasExited(child, SIGKILL_WAIT_MS)
      const tail = logTail().trim()
      throw new Error(`${name} did not start${tail === '' ? '' : `; its log ends:\n${tail}`}`, {
        cause,
      })
    }
  }

  #adopt(child: ChildProcess): void {
    this.#child = child
    child.on('error', (error) => this.#plan.report(`${this.#plan.name}: ${error.message}`))
    const { pid } = child
    if (pid === undefined) return
    RUNNING.set(child, this.#plan.stopSignal)
    void notePid(this.#plan.pidFile, pid)
    child.once('exit', () => {
      this.#child = undefined
      RUNNING.delete(child)
      rmSync(this.#plan.pidFile, { force: true })
      if (this.#wanted && this.#starting === undefined) void this.#startAgain()
    })
  }

  async #startAgain(): Promise<void> {
    const { name, report } = this.#plan
    const now = Date.now()
    this.#deaths = [...this.#deaths.filter((death) => death > now - DEATHS_WINDOW_MS), now]
    if (this.#deaths.length > DEATHS_MAX) {
      this.#wanted = false
      report(`${name} died ${this.#deaths.length} times in a minute and is left stopped`)
      return
    }
    report(`${name} died and is started again`)
    await wait(Math.min(BACKOFF_FIRST_MS * 2 ** (this.#deaths.length - 1), BACKOFF_MAX_MS))
    if (!this.#wanted) return
    try {
      await this.#begin()
    } catch (error) {
      report(error instanceof Error ? error.message : String(error))
      if (this.#wanted) await this.#startAgain()
    }
  }
}

/** True when it ended in time; one that ended before, too. */
export async function hasExited(child: ChildProcess, waitMaxMs: number): Promise<boolean> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return true
  const enough = AbortSignal.timeout(waitMaxMs)
  return await once(child, 'exit', { signal: enough }).then(
    () => true,
    () => false,
  )
}

async function notePid(file: string, pid: number): Promise<void> {
  const identity = (await seeProcess(pid))?.identity
  if (identity !== undefined) writeFileSync(file, JSON.stringify({ pid, identity }))
}
