import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'

const RETRY_MS = 250
const HEARTBEAT_MS = 1_000
/** A leader that has not stirred for so long is taken for frozen. */
const FROZEN_MS = 15_000

/**
 * Runs `duties` in one process at a time among all that share the schema, until `stop`. Who holds
 * the advisory lock leads; a leader whose connection dies loses the lock with it, is told by the
 * signal to leave off, and another takes over. For the moment in which the old leader has not yet
 * noticed, every duty must stand a second one beside it (docs/decisions/0003).
 */
export async function lead<S>(
  db: Kysely<S>,
  schema: string,
  log: Logger,
  stop: AbortSignal,
  duties: (leading: AbortSignal) => Promise<void>,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await db.connection().execute(async (connection) => {
        const { rows } = await sql<{ leads: boolean }>`
          select pg_try_advisory_lock(hashtextextended(${`lead ${schema}`}, 0)) as leads`.execute(
          connection,
        )
        if (rows[0]?.leads === true) await leadOnce(connection, schema, stop, duties)
      })
    } catch (err) {
      log.warn({ err }, 'leadership was lost')
    }
    await pause(RETRY_MS, stop)
  }
}

async function leadOnce<S>(
  connection: Kysely<S>,
  schema: string,
  stop: AbortSignal,
  duties: (leading: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController()
  const leading = AbortSignal.any([stop, lost.signal])
  const ends = await Promise.allSettled([
    duties(leading).finally(() => lost.abort()),
    keepAlive(connection, leading).finally(() => lost.abort()),
  ])
  // A living connection goes back to the pool, whatever happened, and must not take the lock along.
  ends.push(...(await Promise.allSettled([unlock(connection, schema)])))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/**
 * A dead connection is only noticed when it is used. A frozen process keeps its connection, and
 * with it the lock: then the server ends the session.
 */
async function keepAlive<S>(connection: Kysely<S>, leading: AbortSignal): Promise<void> {
  await sql`set idle_session_timeout = ${sql.lit(FROZEN_MS)}`.execute(connection)
  while (!leading.aborted) {
    await pause(HEARTBEAT_MS, leading)
    await sql`select 1`.execute(connection)
  }
}

async function unlock<S>(connection: Kysely<S>, schema: string): Promise<void> {
  await sql`select pg_advisory_unlock(hashtextextended(${`lead ${schema}`}, 0))`.execute(connection)
  await sql`reset idle_session_timeout`.execute(connection)
}

/** Waits, or returns at once when the signal fires. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const enough = new AbortController()
  const wake = () => enough.abort()
  signal.addEventListener('abort', wake, { once: true })
  await wait(ms, undefined, { signal: enough.signal }).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error
  })
  signal.removeEventListener('abort', wake)
}
