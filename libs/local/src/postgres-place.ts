import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type PostgresBinaries, postgresProgram } from './postgres-binaries.ts'
import type { StateFolder } from './state-folder.ts'
import { type Account, canRun, unprivilegedAccount } from './unprivileged-account.ts'

const ELSEWHERE = '/var/lib/songnhap'
const HASH_LETTERS = 12
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
  const known = state.recall(PLACE)
  const near = known ?? join(state.path, 'postgres')
  const account = await unprivilegedAccount(near)
  if (account === undefined) return remembered(state, { bin: binaries.bin, home: near, account })

  const hash = createHash('sha256').update(state.path).digest('hex').slice(0, HASH_LETTERS)
  const elsewhere = join(ELSEWHERE, hash)
  const bin = (await canRun(account, postgresProgram(binaries.bin, 'postgres'), ['--version']))
    ? binaries.bin
    : copyBinaries(binaries, elsewhere, report)
  let home = near
  if (!(await canKeepDataIn(account, home))) {
    if (known !== undefined)
      throw new Error(`PostgreSQL's account cannot reach its data in ${known}`)
    home = join(elsewhere, 'postgres')
    report(`PostgreSQL does not run as root and cannot reach ${near}: its data is in ${home}`)
    if (!(await canKeepDataIn(account, home))) throw new Error(`PostgreSQL cannot use ${home}`)
  }
  return remembered(state, { bin, home, account })
}

function remembered(state: StateFolder, place: PostgresPlace): PostgresPlace {
  if (state.recall(PLACE) !== place.home) state.remember(PLACE, place.home)
  return place
}

async function canKeepDataIn(account: Account, home: string): Promise<boolean> {
  const isNew = !existsSync(home)
  if (isNew) {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    chownSync(home, account.uid, account.gid)
  }
  const can = await canRun(account, '/bin/sh', ['-c', 'cd "$0" && test -w .', home])
  if (!can && isNew) rmSync(home, { recursive: true })
  return can
}

/** One copy a version, made whole or not at all. */
function copyBinaries(
  { root, bin, version }: PostgresBinaries,
  elsewhere: string,
  report: (line: string) => void,
): string {
  const copy = join(elsewhere, `postgresql-${version}`)
  if (!existsSync(copy)) {
    report(`PostgreSQL does not run as root and cannot reach ${root}: copied to ${copy}`)
    const next = `${copy}.${process.pid}`
    cpSync(root, next, { recursive: true, verbatimSymlinks: true })
    renameSync(next, copy)
  }
  return join(copy, relative(root, bin))
}
