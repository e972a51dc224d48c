import { setTimeout as wait } from 'node:timers/promises'
import { Problem, type ProblemCode } from '@songnhap/contracts'

/** With the waits between them, two minutes. */
const TRIES_MAX = 60
const WAIT_FIRST_MS = 300
const WAIT_MAX_MS = 2_000
const WAIT_GROWS = 1.2
const PASSING: readonly ProblemCode[] = ['UNAVAILABLE', 'TOO_MANY_ATTEMPTS']

/** Until somebody answers: the services may be killed and started while this goes on. */
export async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  let waitMs = WAIT_FIRST_MS
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const passing = error instanceof Problem && PASSING.includes(error.code)
      if (!passing || tries >= TRIES_MAX) throw error
      await wait(waitMs)
      waitMs = Math.min(waitMs * WAIT_GROWS, WAIT_MAX_MS)
    }
  }
}
