const TRIES_MAX = 4
const FIRST_WAIT_MS = 1_000

/** A part of the app, asked for again where the line broke; fails when it broke each time. */
export async function loadScreen<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load()
    } catch (error) {
      if (tries === TRIES_MAX) throw error
      await new Promise((go) => setTimeout(go, FIRST_WAIT_MS * 2 ** (tries - 1)))
    }
  }
}
