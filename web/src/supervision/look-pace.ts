/** Figures change at most so often: more would be a flicker that nobody reads. */
const HINTED_MS = 2_000
const COSTLY_MS = 5_000
/** Where no hints come; and once after a hint, for what nothing is said of, like a page taken into hand. */
const USUAL_MS = 5_000
/** Where hints come: they may be lost. */
const LIVE_MS = 60_000

interface Looked {
  /** Since the last look began. */
  readonly sinceMs: number
  /** Whether hints come. */
  readonly isLive: boolean
  /** After it began; and before. */
  readonly isHinted: boolean
  readonly wasHinted: boolean
  /** What is shown takes the services more than a few counts. */
  readonly isCostly: boolean
}

/** How long to wait before the room is looked at again. Pure. */
export function waitMs({ sinceMs, isLive, isHinted, wasHinted, isCostly }: Looked): number {
  if (isHinted) return Math.max(0, (isCostly ? COSTLY_MS : HINTED_MS) - sinceMs)
  return isLive && !wasHinted ? LIVE_MS : USUAL_MS
}
