import { writeFile } from 'node:fs/promises'
import type { Logger } from 'pino'

const BEAT_MS = 5_000

/**
 * Writes the file anew for as long as the check holds, so that its age tells how long ago all was
 * well. A check that hangs is as good as one that fails: the file grows old.
 */
export function keepHealthFile(
  file: string,
  check: () => Promise<void>,
  log: Logger,
  beatMs: number = BEAT_MS,
): { stop(): void } {
  let checking = false
  const beat = async () => {
    if (checking) return
    checking = true
    try {
      await check()
      await writeFile(file, '')
    } catch (err) {
      log.warn({ err }, 'not well')
    } finally {
      checking = false
    }
  }
  void beat()
  const timer = setInterval(() => void beat(), beatMs)
  return { stop: () => clearInterval(timer) }
}
