const SAME_MS = 1_000

/**
 * Fires on Ctrl-C, SIGTERM or a closed terminal. One Ctrl-C may arrive twice, from the terminal and
 * from npm; a second one later means that stopping in order takes too long: then it ends at once,
 * and the next start cleans up.
 */
export function stopSignal(report: (line: string) => void): AbortSignal {
  const stopping = new AbortController()
  let asked = 0
  const ask = (signal: NodeJS.Signals) => {
    if (!stopping.signal.aborted) {
      asked = Date.now()
      report(`${signal}: stopping`)
      stopping.abort()
    } else if (Date.now() - asked > SAME_MS) {
      report('ending at once')
      process.exit(130)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  // The terminal that closed cannot be written to any more.
  process.stdout.on('error', () => stopping.abort())
  process.stderr.on('error', () => stopping.abort())
  return stopping.signal
}
