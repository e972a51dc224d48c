import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { prepareStatements } from './prepare-statements.ts'

const CONNECTIONS_MAX = 16
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 30_000
/** A process that is frozen within a transaction must not keep its row locks for ever. */
const IDLE_IN_TRANSACTION_MS = 15_000
const KEEP_ALIVE_AFTER_MS = 10_000
/** The server drops a client whose machine is gone after half a minute, and with it its locks. */
const SERVER_KEEP_ALIVE =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4'

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
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    options: `-c search_path=${schema} ${SERVER_KEEP_ALIVE}`,
    application_name: `songnhap ${schema}`,
  })
  // Unheard, these events would end the process. A connection that dies while somebody holds it
  // fails at its next statement; one that dies while idle is replaced by the pool.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    prepareStatements(client)
  })
  pool.on('error', (err) => log?.warn({ err }, 'an idle database connection was lost'))
  return new Kysely<S>({ dialect: new PostgresDialect({ pool }) })
}
