/** What must be as it was before, whatever came: processes, their size, tables, logs. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { SERVICES } from '@songnhap/contracts'
import { openDatabase, verifyLedger } from '@songnhap/database'
import type { Installation } from '@songnhap/local'
import { sql } from 'kysely'
import { findCanary } from './canary.ts'

/** Of one process; null where the system does not tell. */
interface Size {
  readonly bytes: number
  readonly handles: number
}

export interface Sight {
  readonly pids: Readonly<Record<string, number | undefined>>
  readonly sizes: Readonly<Record<string, Size | null>>
}

/**
 * By what a process may grow from one batch to the next. Garbage is collected late, so one batch says
 * little: what leaks grows in each of them. In short batches a heap still grows to its usual size.
 */
const GROWTH_BYTES_MAX = 16 * 1024 ** 2
const GROWTH_OF_SHORT_BYTES_MAX = 40 * 1024 ** 2
const SHORT_BATCH_INPUTS = 20_000
const HANDLES_MORE_MAX = 40
const QUIET_MS = 1_500
const LOOKS_MAX = 40
/**
 * Who waits is remembered for a while only, a session that is used is prolonged, and a sign-in that is
 * refused is counted against its name: also one that is malformed in what nobody reads.
 */
const PASSING_TABLES = ['waiting', 'session', 'sign_in_failure']

export async function look({ services, servers }: Installation): Promise<Sight> {
  const processes: [string, number | undefined][] = [
    ...SERVICES.flatMap((name) =>
      services[name].map((one, index): [string, number | undefined] => [
        `${name} ${index + 1}`,
        one.pid,
      ]),
    ),
    ['nats-server', servers.nats.pid],
    ['PostgreSQL', servers.postgres.pid],
  ]
  const sizes = await Promise.all(
    processes.map(
      async ([name, pid]) => [name, pid === undefined ? null : await sizeOf(pid)] as const,
    ),
  )
  return { pids: Object.fromEntries(processes), sizes: Object.fromEntries(sizes) }
}

async function sizeOf(pid: number): Promise<Size | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
    const handles = await readdir(`/proc/${pid}/fd`)
    return { bytes: kilobytes * 1024, handles: handles.length }
  } catch {
    // Not Linux, or another user's process.
    return null
  }
}

/** Complaints, in words: `sights` are before and after batches of so many inputs, when all are warm. */
export function compareSights(
  before: Sight,
  sights: readonly Sight[],
  inputsABatch: number,
): string[] {
  const isShort = inputsABatch < SHORT_BATCH_INPUTS
  const grownMax = isShort ? GROWTH_OF_SHORT_BYTES_MAX : GROWTH_BYTES_MAX
  const after = sights.at(-1) ?? before
  return Object.keys(before.pids).flatMap((name) => {
    const [pid, next] = [before.pids[name], after.pids[name]]
    if (pid !== next) return [`${name} ended: process ${pid} became ${next}`]
    const sizes = sights.flatMap((sight) => sight.sizes[name] ?? [])
    const grown = leastGrowth(sizes.map(({ bytes }) => bytes))
    const more = (sizes.at(-1)?.handles ?? 0) - (sizes[0]?.handles ?? 0)
    return [
      ...(grown > grownMax ? [`${name} grew by ${inMegabytes(grown)} in every batch`] : []),
      ...(more > HANDLES_MORE_MAX ? [`${name} holds ${more} more files and sockets`] : []),
    ]
  })
}

function leastGrowth(bytes: readonly number[]): number {
  const growths = bytes.slice(1).map((next, index) => next - (bytes[index] ?? 0))
  return growths.length === 0 ? 0 : Math.min(...growths)
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`
}

/** A digest of every table of every service. */
export async function readTables(databaseUrl: string): Promise<ReadonlyMap<string, string>> {
  const tables = new Map<string, string>()
  const db = openDatabase<unknown>(databaseUrl, 'public')
  try {
    const { rows } = await sql<{ schema: string; name: string }>`
      select schemaname as schema, tablename as name from pg_tables
      where schemaname = any(${[...SERVICES]})`.execute(db)
    for (const { schema, name } of rows) {
      if (PASSING_TABLES.includes(name)) continue
      const digest = await sql<{ digest: string }>`
        select count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest
        from ${sql.table(`${schema}.${name}`)} t`.execute(db)
      tables.set(`${schema}.${name}`, digest.rows[0]?.digest ?? '')
    }
  } finally {
    await db.destroy()
  }
  return tables
}

/** The tables once everything that followed from the last change is done. */
export async function untilQuiet(databaseUrl: string): Promise<ReadonlyMap<string, string>> {
  let before = await readTables(databaseUrl)
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    await wait(QUIET_MS)
    const now = await readTables(databaseUrl)
    if (compareTables(before, now).length === 0) return now
    before = now
  }
  throw new Error('the tables do not come to rest')
}

export function compareTables(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after].flatMap(([name, digest]) =>
    before.get(name) === digest ? [] : [`${name}: ${before.get(name)} became ${digest}`],
  )
}

export async function verifyLedgers(databaseUrl: string): Promise<string[]> {
  const complaints: string[] = []
  for (const service of SERVICES) {
    const db = openDatabase<unknown>(databaseUrl, service)
    try {
      const verdict = await verifyLedger(db)
      if (!verdict.sound) complaints.push(`the ledger of ${service} is broken`)
    } finally {
      await db.destroy()
    }
  }
  return complaints
}

/** Logs in which something stands that was sent. */
export async function readLogs(folder: string): Promise<string[]> {
  const logs = join(folder, 'logs')
  const complaints: string[] = []
  for (const name of await readdir(logs)) {
    const said = findCanary(await readFile(join(logs, name), 'utf8'))
    if (said !== undefined) complaints.push(`${name} repeats what was sent: ${said}`)
  }
  return complaints
}
