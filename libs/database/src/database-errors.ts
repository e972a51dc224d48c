import pg from 'pg'

/** The five-letter SQLSTATE of an error that PostgreSQL sent, else undefined. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/**
 * True when the same work may succeed if it is done again: the connection broke, the server is
 * starting or stopping, or two transactions stood in each other's way. It says nothing against
 * the data.
 */
export function isPassing(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== undefined) {
    const isOfTheServer = PASSING_CLASSES.has(state.slice(0, 2)) || state === FROZEN_IN_TRANSACTION
    return isOfTheServer || isContention(error)
  }
  if (!(error instanceof Error)) return false
  return isOfTheNetwork(error) || CONNECTION_LOST.test(`${codeOf(error)} ${error.message}`)
}

/** True for a serialisation failure or a deadlock: repeat at once. */
export function isContention(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state === '40001' || state === '40P01'
}

/** 08 connection, 53 resources, 55 not in the right state, 57 operator intervention, 58 system. */
const PASSING_CLASSES = new Set(['08', '53', '55', '57', '58'])

/** The server ended the session of a process that stood still within a transaction. */
const FROZEN_IN_TRANSACTION = '25P03'

/** By code where there is one; the client has none for the last four. */
const CONNECTION_LOST = new RegExp(
  [
    'ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EADDRNOTAVAIL',
    'EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|EMFILE|ENFILE',
    'Connection terminated',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error',
    'not queryable',
  ].join('|'),
)

/** A system call that failed. What failed at a file names its path, and stays as it is. */
function isOfTheNetwork(error: Error): boolean {
  return 'syscall' in error && !('path' in error)
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
