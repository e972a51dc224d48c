import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCode, seeProcess } from './see-process.ts'

const TRIES_MAX = 10

/** The claim of one process on one state folder. */
export interface InstanceLock {
  /** What a second instance is told. */
  announce(address: string): void
  release(): void
}

interface Holder {
  readonly claim: string
  readonly pid: number
  readonly identity: string
  readonly address: string
}

/** Two installations over the same data would ruin it. */
export class StateFolderInUse extends Error {
  override name = 'StateFolderInUse'
}

/** Claims the folder, or throws StateFolderInUse. The claim of a dead process does not count. */
export async function claimFolder(folder: string): Promise<InstanceLock> {
  const file = join(folder, 'instance.json')
  const own: Holder = {
    claim: randomUUID(),
    pid: process.pid,
    identity: (await seeProcess(process.pid))?.identity ?? '',
    address: '',
  }
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    if (placeWhole(file, own)) return lockOf(file, own)
    const holder = readHolder(file)
    if (holder === undefined) continue
    const seen = await seeProcess(holder.pid)
    if (seen !== undefined && !seen.zombie && seen.identity === holder.identity) {
      const address = holder.address === '' ? '' : `, ${holder.address}`
      throw new StateFolderInUse(`${folder} is in use by process ${holder.pid}${address}`)
    }
    moveAside(file, holder)
  }
  throw new StateFolderInUse(`${folder} is being claimed by several processes at once`)
}

function lockOf(file: string, own: Holder): InstanceLock {
  return {
    announce(address) {
      const next = `${file}.${own.claim}`
      writeFileSync(next, JSON.stringify({ ...own, address }))
      renameSync(next, file)
    },
    release() {
      if (readHolder(file)?.claim === own.claim) rmSync(file, { force: true })
    },
  }
}

/** A link appears with its content or not at all; false when there is one already. */
function placeWhole(file: string, holder: Holder): boolean {
  const next = `${file}.${holder.claim}`
  writeFileSync(next, JSON.stringify(holder))
  try {
    linkSync(next, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(next)
  }
}

/** Renaming is atomic, so what was moved can be looked at again: a newer claim is put back. */
function moveAside(file: string, dead: Holder): void {
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
    const moved = readHolder(aside)
    if (moved !== undefined && moved.claim !== dead.claim) linkSync(aside, file)
    rmSync(aside)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isHolder(holder) ? holder : { claim: '', pid: 0, identity: '', address: '' }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    if (error instanceof SyntaxError) return { claim: '', pid: 0, identity: '', address: '' }
    throw error
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'claim' in value &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'identity' in value &&
    'address' in value
  )
}
