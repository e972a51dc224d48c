import { setTimeout as wait } from 'node:timers/promises'

const WAIT_MAX_MS = 15_000
const LOOK_AGAIN_MS = 10
/** Whoever asks a whole installation all the time keeps it from what is waited for. */
const LOOK_AGAIN_MAX_MS = 80
const SLOWER = 1.2

/** Reads until the claim holds; what was read last is the result. Throws when it never does. */
export async function eventually<T>(
  read: () => Promise<T> | T,
  holds: (value: T) => boolean,
  waitMaxMs = WAIT_MAX_MS,
): Promise<T> {
  const deadline = Date.now() + waitMaxMs
  for (let pause = LOOK_AGAIN_MS; ; pause = Math.min(pause * SLOWER, LOOK_AGAIN_MAX_MS)) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > deadline) throw new Error(`not so within ${waitMaxMs} ms`)
    await wait(pause)
  }
}
