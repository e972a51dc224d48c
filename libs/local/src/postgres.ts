import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openDatabase } from '@songnhap/database'
import { asArguments, POSTGRES_LOCALE, POSTGRES_SETTINGS } from '@songnhap/setup'
import { sql } from 'kysely'
import { hasExited, ManagedProcess, type ManagedServer } from './managed-process.ts'
import { findPostgresBinaries, postgresProgram } from './postgres-binaries.ts'
import { choosePostgresPlace, type PostgresPlace } from './postgres-place.ts'
import { seeProcess } from './see-process.ts'
import type { StateFolder } from './state-folder.ts'
import { stopByPid } from './stop-leftovers.ts'

const INIT_TIMEOUT_MS = 120_000
/** Recovery after a crash reads the log since the last checkpoint. */
const READY_WAIT_MS = 120_000
const LOOK_AGAIN_MS = 25
/** Backends of a killed postmaster hold its shared memory until they notice. */
const LEFTOVER_WAIT_MS = 15_000
const LEFTOVER_RETRY_MS = 250
const ZOMBIE_WAIT_MS = 5_000
const STOP_WAIT_MS = 20_000
const SUPERUSER = 'postgres'

export interface Postgres {
  readonly server: ManagedServer
  /** As superuser, database `postgres`. */
  readonly url: string
}

/** PostgreSQL on a free port of the loopback, with its data in the state folder. */
export async function openPostgres(
  state: StateFolder,
  durable: boolean,
  report: (line: string) => void,
): Promise<Postgres> {
  const binaries = await findPostgresBinaries()
  const place = await choosePostgresPlace(state, binaries, report)
  const data = join(place.home, 'data')
  const password = state.secret('postgres')
  await releaseData(data)
  if (!existsSync(data)) {
    report('creating the database files')
    await initialise(place, data, password, [
      ...localeOf(binaries.version),
      ...(durable ? [] : ['--no-sync']),
    ])
  }
  refuseOtherVersion(data, binaries.version)
  const port = await state.port('postgres')
  const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`
  const args = ['-D', data, ...settings(port, durable)]

  const server = new ManagedProcess({
    name: 'PostgreSQL',
    pidFile: state.pidFile('postgres'),
    stopSignal: 'SIGINT',
    stopWaitMs: STOP_WAIT_MS,
    logTail: () => state.logTail('postgres'),
    report,
    launch: (born) => launchPostmaster(() => spawnPostmaster(state, place, args), url, born),
  })
  return { server, url }
}

/** Ends a postmaster that an earlier parent left, and removes a lock that nobody alive holds. */
async function releaseData(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10)
  let seen = await seeProcess(pid)
  if (seen !== undefined && !seen.zombie && seen.commandLine.includes(data)) await stopByPid(pid)
  const deadline = Date.now() + ZOMBIE_WAIT_MS
  // PostgreSQL takes a zombie for alive; whoever inherited it collects it in a moment.
  while ((await seeProcess(pid))?.zombie === true && Date.now() < deadline)
    await wait(LOOK_AGAIN_MS)
  seen = await seeProcess(pid)
  if (seen !== undefined) rmSync(lock, { force: true })
}

/** Made under another name first, so that an interrupted attempt is not taken for a database. */
async function initialise(
  { account, bin, home }: PostgresPlace,
  data: string,
  password: string,
  more: readonly string[],
): Promise<void> {
  const half = `${data}.new`
  const passwordFile = join(home, 'password')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  rmSync(half, { recursive: true, force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid)
  try {
    const args = ['-D', half, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile', passwordFile]
    await promisify(execFile)(
      postgresProgram(bin, 'initdb'),
      [...args, '-E', 'UTF8', '--no-instructions', ...more],
      { ...account, cwd: home, env: environment(), timeout: INIT_TIMEOUT_MS },
    )
  } finally {
    rmSync(passwordFile)
  }
  renameSync(half, data)
}

/** Before 17, as PG_BIN may name it, there is only the system's. */
function localeOf(version: string): readonly string[] {
  return Number.parseInt(version, 10) >= 17 ? POSTGRES_LOCALE : ['--locale=C.UTF-8']
}

function refuseOtherVersion(data: string, version: string): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (made !== String(Number.parseInt(version, 10))) {
    throw new Error(`${data} was made by PostgreSQL ${made} and cannot be opened by ${version}`)
  }
}

function settings(port: number, durable: boolean): string[] {
  return asArguments({
    ...POSTGRES_SETTINGS,
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: durable ? 'on' : 'off',
  })
}

/** Not in our process group: Ctrl-C at a terminal must not stop it before what stands on it. */
function spawnPostmaster(state: StateFolder, place: PostgresPlace, args: string[]): ChildProcess {
  const log = state.openLog('postgres')
  try {
    return spawn(postgresProgram(place.bin, 'postgres'), args, {
      ...place.account,
      cwd: place.home,
      env: environment(),
      detached: true,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
}

async function launchPostmaster(
  spawnOne: () => ChildProcess,
  url: string,
  born: (child: ChildProcess) => void,
): Promise<void> {
  const deadline = Date.now() + LEFTOVER_WAIT_MS
  for (;;) {
    const child = spawnOne()
    born(child)
    if (await isReady(child, url)) return
    if (Date.now() > deadline) throw new Error('PostgreSQL ended while it started')
    await wait(LEFTOVER_RETRY_MS)
  }
}

/** True when it answers; false when it ended instead. */
async function isReady(child: ChildProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + READY_WAIT_MS
  while (Date.now() < deadline) {
    if (await hasExited(child, LOOK_AGAIN_MS)) return false
    const database = openDatabase<unknown>(url, 'public', undefined, 1)
    try {
      await sql`select 1`.execute(database)
      return true
    } catch {
      // Not yet: refused, or "the database system is starting up". The deadline bounds it.
    } finally {
      await database.destroy()
    }
  }
  throw new Error(`PostgreSQL was not ready within ${READY_WAIT_MS} ms`)
}

function environment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }
}
