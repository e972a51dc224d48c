/** What load-again.js counts too, until everything has come. */
const COUNTED_AS = 'songnhap.loads'
const LOADS_MAX = 6
const FIRST_WAIT_MS = 1_000
const RETRY_AFTER_MS = 500

/**
 * A screen of the app. Where the line broke it is asked for again; Chromium remembers that a script was
 * lost, so then the app is loaded anew, a few times, each after a longer wait. Fails after the last.
 */
export async function loadScreen<T>(load: () => Promise<T>): Promise<T> {
  try {
    const screen = await loadPart(load)
    sessionStorage.removeItem(COUNTED_AS)
    return screen
  } catch (error) {
    const loads = Number(sessionStorage.getItem(COUNTED_AS) ?? 0)
    if (loads >= LOADS_MAX) throw error
    sessionStorage.setItem(COUNTED_AS, String(loads + 1))
    await wait(FIRST_WAIT_MS * 2 ** loads)
    location.reload()
    return await new Promise(() => {})
  }
}

/** A part that is opened while somebody works: whether all is loaded anew is for them to say. */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch {
    await wait(RETRY_AFTER_MS)
    return await load()
  }
}

/** For whoever asks by hand, after all that was tried. */
export function loadAnew(): void {
  sessionStorage.removeItem(COUNTED_AS)
  location.reload()
}

function wait(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms))
}
