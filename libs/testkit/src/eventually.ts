import { setTimeout as wait } from 'node:timers/promises'

const WAIT_MAX_MS = 15_000
const LOOK_AGAIN_MS = 10

/** Reads until the claim holds; what was read last is the result. Throws when it never does. */
export async function eventually<T>(
  read: () => Promise<T> | T,
  holds: (value: T) => boolean,
  waitMaxMs = WAIT_MAX_MS,
): Promise<T> {
  const deadline = Date.now() + waitMaxMs
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > deadline) throw new Error(`not so within ${waitMaxMs} ms`)
    await wait(LOOK_AGAIN_MS)
  }
}
