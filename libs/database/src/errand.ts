import type { Logger } from 'pino'
import { pause } from './lead.ts'

/** A duty done over and over by the leader: whenever woken, and now and then without. */
export interface Errand {
  /** There may be something to do: look soon. Many calls at once are one look. */
  wake(): void
  run(leading: AbortSignal): Promise<void>
}

/** A look that fails is logged and done again at the next turn; what it had begun rolled back. */
export function errand(
  what: string,
  everyMs: number,
  log: Logger,
  look: (leading: AbortSignal) => Promise<void>,
): Errand {
  let woken = new AbortController()
  return {
    wake: () => woken.abort(),
    async run(leading) {
      while (!leading.aborted) {
        woken = new AbortController()
        try {
          await look(leading)
        } catch (err) {
          log.warn({ err, what }, 'an errand failed and will be repeated')
        }
        await pause(everyMs, AbortSignal.any([leading, woken.signal]))
      }
    },
  }
}
