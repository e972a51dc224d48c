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

/** Garbage is collected late, so a process may grow by this before it is called a leak. */
const GROWTH_BYTES_MAX = 400 * 1024 ** 2
const HANDLES_MORE_MAX = 40
const QUIET_MS = 1_500
const LOOKS_MAX = 40
/** Who waits is remembered for a while only, and a session that is used is prolonged. */
const PASSING_TABLES = ['waiting', 'session']

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

/** Complaints, in words. */
export function compareSights(before: Sight, after: Sight): string[] {
  return Object.keys(before.pids).flatMap((name) => {
    const [pid, next] = [before.pids[name], after.pids[name]]
    if (pid !== next) return [`${name} ended: process ${pid} became ${next}`]
    const [size, nextSize] = [before.sizes[name], after.sizes[name]]
    if (size == null || nextSize == null) return []
    const grown = nextSize.bytes - size.bytes
    const more = nextSize.handles - size.handles
    return [
      ...(grown > GROWTH_BYTES_MAX ? [`${name} grew by ${Math.round(grown / 1024 ** 2)} MB`] : []),
      ...(more > HANDLES_MORE_MAX ? [`${name} holds ${more} more files and sockets`] : []),
    ]
  })
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
