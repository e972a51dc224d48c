import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Memory, openMemory } from '@songnhap/setup'
import { freePort, isFree } from './free-port.ts'
import { claimFolder, type InstanceLock } from './instance-lock.ts'

const LOG_BYTES_MAX = 10 * 1024 * 1024
const TAIL_BYTES_MAX = 4_000

/** Everything one installation keeps on this machine, claimed by this process. */
export interface StateFolder extends InstanceLock, Memory {
  readonly path: string
  /** A port kept from start to start as long as nobody else takes it. */
  port(name: string, wished?: readonly number[]): Promise<number>
  /** Opens the log of a process for appending; one that has grown large is set aside first. */
  openLog(name: string): number
  /** The end of what it wrote since it was opened last. */
  logTail(name: string): string
  /** Where the pid of a child process is noted. */
  pidFile(name: string): string
}

/** Creates the folder where missing and claims it; throws StateFolderInUse. */
export async function openStateFolder(folder: string): Promise<StateFolder> {
  const path = makePrivate(folder)
  for (const room of ['images', 'logs', 'nats', 'run']) makePrivate(join(path, room))
  // PostgreSQL runs as another account when this is root: it may pass through, and see nothing.
  if (process.getuid?.() === 0 && isPrivate(path)) chmodSync(path, 0o711)
  const lock = await claimFolder(path)
  const memory = openMemory(join(path, 'memory.json'))
  const logFile = (name: string) => join(path, 'logs', `${name}.log`)
  const logBegins = new Map<string, number>()

  return {
    ...lock,
    ...memory,
    path,
    async port(name, wished = []) {
      const kept = Number(memory.recall(`port ${name}`) ?? Number.NaN)
      const port = (await isUsable(kept)) ? kept : await freePort(wished)
      if (port !== kept) memory.remember(`port ${name}`, String(port))
      return port
    },
    openLog(name) {
      const file = logFile(name)
      if (sizeOf(file) > LOG_BYTES_MAX) renameSync(file, `${file}.1`)
      logBegins.set(name, sizeOf(file))
      return openSync(file, 'a', 0o600)
    },
    logTail(name) {
      if (!existsSync(logFile(name))) return ''
      const sinceStart = readFileSync(logFile(name)).subarray(logBegins.get(name) ?? 0)
      return sinceStart.subarray(-TAIL_BYTES_MAX).toString()
    },
    pidFile: (name) => join(path, 'run', `${name}.json`),
  }
}

function makePrivate(folder: string): string {
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  return realpathSync(folder)
}

function isPrivate(folder: string): boolean {
  return (statSync(folder).mode & 0o077) === 0
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

async function isUsable(port: number): Promise<boolean> {
  return Number.isInteger(port) && (await isFree(port))
}
