import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'

const WAIT_MAX_MS = 60_000
const RETRY_MS = 500

/**
 * Servers and services start in any order, so a service waits a while for what it stands on. What
 * cannot be mended by waiting (a schema it does not know) ends it at once.
 */
export async function untilReachable(
  what: string,
  log: Logger,
  attempt: () => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + WAIT_MAX_MS
  for (;;) {
    try {
      return await attempt()
    } catch (err) {
      const final = err instanceof Error && err.name === 'SchemaUnknown'
      if (final || Date.now() > deadline) throw err
      log.warn({ err }, `waiting for ${what}`)
      await wait(RETRY_MS)
    }
  }
}
