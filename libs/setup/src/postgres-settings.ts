/** What PostgreSQL is told wherever we start it; where it listens is said by whoever starts it. */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '200',
  autovacuum_naptime: '10s',
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Errors and statements quote what people typed; services log them without it.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
}

/** PostgreSQL's own locale, since 17: the system's may change below the indexes. */
export const POSTGRES_LOCALE = [
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
] as const

export function asArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
