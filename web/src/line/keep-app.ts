/** Where nobody comes to a first page. */
const AT_THE_LATEST_MS = 30_000

let kept = false
setTimeout(keepApp, AT_THE_LATEST_MS)

/**
 * From now on the app starts without a network. Not before the first page is there: on a weak line the
 * two would stand in each other's way.
 */
export function keepApp(): void {
  if (kept || !('serviceWorker' in navigator)) return
  kept = true
  // Where the line is away at this moment it is asked for again.
  navigator.serviceWorker.register('/service-worker.js').catch(() => {
    kept = false
    setTimeout(keepApp, AT_THE_LATEST_MS)
  })
}
