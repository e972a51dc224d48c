import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type PostgresBinaries, postgresProgram } from './postgres-binaries.ts'
import { isCode } from './see-process.ts'
import type { StateFolder } from './state-folder.ts'
import { type Account, canRun, unprivilegedAccount } from './unprivileged-account.ts'

const ELSEWHERE = '/var/lib/songnhap'
const NAME_BYTES = 6
const PLACE = 'place postgres'

/** Where PostgreSQL runs, and as whom. */
export interface PostgresPlace {
  readonly bin: string
  /** A folder of that account's own. */
  readonly home: string
  readonly account: Account | undefined
}

/**
 * In the state folder with the binaries of node_modules, unless this is root and the account that
 * root lends cannot get there, as below root's home. Data once placed stays in its place.
 */
export async function choosePostgresPlace(
  state: StateFolder,
  binaries: PostgresBinaries,
  report: (line: string) => void,
): Promise<PostgresPlace> {
  const near = join(state.path, 'postgres')
  const kept = state.recall(PLACE)
  const account = await unprivilegedAccount(kept ?? near)
  if (account === undefined) return { bin: binaries.bin, home: kept ?? near, account }

  const bin = (await canRun(account, postgresProgram(binaries.bin, 'postgres'), ['--version']))
    ? binaries.bin
    : await copyBinaries(binaries, report)
  if (kept === undefined && (await canKeepDataIn(account, near))) {
    return { bin, home: near, account }
  }
  // Beginning anew elsewhere would look as if everything were lost.
  if (kept === undefined && existsSync(join(near, 'data'))) throw unreachable(near)
  const home = kept ?? placeElsewhere()
  if (!(await canKeepDataIn(account, home))) throw unreachable(home)
  if (kept === undefined) {
    report(`PostgreSQL does not run as root and cannot reach ${near}: its data is in ${home}`)
    state.remember(PLACE, home)
  }
  return { bin, home, account }
}

function unreachable(home: string): Error {
  return new Error(`the account that runs PostgreSQL, as root must not, cannot reach ${home}`)
}

async function canKeepDataIn(account: Account, home: string): Promise<boolean> {
  const isNew = !existsSync(home)
  if (isNew) {
    mkdirSync(home, { mode: 0o700 })
    chownSync(home, account.uid, account.gid)
  }
  const can = await canRun(account, '/bin/sh', ['-c', 'cd "$0" && test -w .', home])
  if (!can && isNew) rmSync(home, { recursive: true })
  return can
}

/**
 * A new place for a new state folder: were it named after the path, a folder that was removed and
 * made anew would meet data whose password it does not know.
 */
function placeElsewhere(): string {
  const name = randomBytes(NAME_BYTES).toString('hex')
  return join(makePassable(join(ELSEWHERE, name)), 'postgres')
}

/** Whatever the umask is. */
function makePassable(folder: string): string {
  mkdirSync(folder, { recursive: true })
  for (const part of new Set([ELSEWHERE, folder])) chmodSync(part, 0o755)
  return folder
}

/** One copy a version for all installations of this machine, made whole or not at all. */
async function copyBinaries(
  { root, bin, version }: PostgresBinaries,
  report: (line: string) => void,
): Promise<string> {
  const copy = join(makePassable(ELSEWHERE), `postgresql-${version}`)
  if (!existsSync(copy)) {
    report(`PostgreSQL does not run as root and cannot reach ${root}: copied to ${copy}`)
    const next = `${copy}.${process.pid}`
    cpSync(root, next, { recursive: true, verbatimSymlinks: true })
    // Whatever the umask was when they were installed.
    await promisify(execFile)('chmod', ['-R', 'a+rX', next])
    renameUnlessThere(next, copy)
  }
  return join(copy, relative(root, bin))
}

function renameUnlessThere(next: string, copy: string): void {
  try {
    renameSync(next, copy)
  } catch (error) {
    if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'EEXIST')) throw error
    rmSync(next, { recursive: true })
  }
}
