import { setTimeout as wait } from 'node:timers/promises'
import { isPassing } from './keep-working.ts'

const TRIES_MAX = 200
const AGAIN_MS = 300

/** Until somebody answers: the services may be killed and started while this goes on. */
export async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error) || tries >= TRIES_MAX) throw error
      await wait(AGAIN_MS)
    }
  }
}
