import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'

const CONNECTIONS_MAX = 16
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 30_000

/** Positions and counts stay below 2^53, so they are numbers here and not strings. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** A pool of connections that see one schema only. Close it with `destroy()`. */
export function openDatabase<S>(
  url: string,
  schema: string,
  log?: Logger,
  connectionsMax = CONNECTIONS_MAX,
): Kysely<S> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    options: `-c search_path=${schema}`,
    application_name: `songnhap ${schema}`,
  })
  // An idle connection that dies is replaced by the pool; unheard, its event would end the process.
  pool.on('error', (err) => log?.warn({ err }, 'an idle database connection was lost'))
  return new Kysely<S>({ dialect: new PostgresDialect({ pool }) })
}
