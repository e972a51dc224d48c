/**
 * Fires when the time is over, or earlier with `interrupted`. Not AbortSignal.any over a timeout: nobody
 * but it holds that, and it was collected in mid-run.
 */
export function endOf(afterMs: number, interrupted: AbortSignal): AbortSignal {
  const ending = new AbortController()
  setTimeout(() => ending.abort(new Error('the time is over')), afterMs).unref()
  const interrupt = () => ending.abort(interrupted.reason)
  if (interrupted.aborted) interrupt()
  else interrupted.addEventListener('abort', interrupt)
  return ending.signal
}
