import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceName } from '@songnhap/contracts'
import { ManagedProcess, type ManagedServer } from './managed-process.ts'
import { REPOSITORY_ROOT } from './repository-root.ts'
import type { StateFolder } from './state-folder.ts'

const READY_WAIT_MS = 60_000
/** Above what a service itself takes to stop before it gives up. */
const STOP_WAIT_MS = 12_000
/** Of our own environment, what any program needs; settings come from the installation alone. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'LANG',
  'TZ',
  'SystemRoot',
  'NODE_ENV',
  'NODE_COMPILE_CACHE',
] as const

/** One instance of a service, as a process of its own. */
export interface ManagedService extends ManagedServer {
  readonly name: ServiceName
  /** The service, and a number from the second instance on. */
  readonly label: string
}

/** `label` names its log and pid file too. */
export function openService(
  state: StateFolder,
  service: {
    name: ServiceName
    label: string
    environment: Readonly<Record<string, string>>
    report: (line: string) => void
  },
): ManagedService {
  const { name, label, environment, report } = service
  const managed = new ManagedProcess({
    name: label,
    pidFile: state.pidFile(label),
    stopSignal: 'SIGTERM',
    stopWaitMs: STOP_WAIT_MS,
    logTail: () => state.logTail(label),
    report,
    async launch(born) {
      const child = spawnService(state, name, label, environment)
      born(child)
      await untilReady(child)
    },
  })
  return Object.assign(managed, { name, label })
}

/** Not in our process group, so that Ctrl-C at a terminal leaves the order of stopping to us. */
function spawnService(
  state: StateFolder,
  name: ServiceName,
  label: string,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const log = state.openLog(label)
  const passedOn = PASSED_ON.flatMap((key) => {
    const value = process.env[key]
    return value === undefined ? [] : [[key, value]]
  })
  try {
    return spawn(process.execPath, [join('services', name, 'src', 'main.ts')], {
      cwd: REPOSITORY_ROOT,
      env: { ...Object.fromEntries(passedOn), ...environment },
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    })
  } finally {
    closeSync(log)
  }
}

/** A service says so on the channel to its parent, and ends when that channel closes. */
function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const enough = setTimeout(
      () => end(new Error(`not ready within ${READY_WAIT_MS} ms`)),
      READY_WAIT_MS,
    )
    const hear = (message: unknown) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) end()
    }
    const exited = () => end(new Error('ended while it started'))
    const end = (error?: Error) => {
      clearTimeout(enough)
      child.off('message', hear)
      child.off('exit', exited)
      if (error === undefined) resolve()
      else reject(error)
    }
    child.on('message', hear)
    child.once('exit', exited)
    child.once('error', end)
  })
}
