/** How fast somebody works while working. Show it beside accuracy only. */
export interface Pace {
  readonly medianGapSeconds: number | null
  /** Longer gaps are breaks. */
  readonly idleFromSeconds: number
  readonly activeSeconds: number
  /** Gaps that are no breaks. */
  readonly kept: number
  readonly perActiveHour: number | null
}

const IDLE_MIN_SECONDS = 30
const IDLE_MEDIANS = 5
const SECONDS_PER_HOUR = 3600

/**
 * The pace of one session from the gaps between its commits, as the server received them: gaps beyond
 * max(30 s, 5 × median) are breaks and dropped; pace = 3600 × kept ÷ Σ kept. `docs/spec/statistics.md`
 * says what it is not for.
 */
export function measurePace(gapsSeconds: readonly number[]): Pace {
  const medianGapSeconds = median(gapsSeconds)
  const idleFromSeconds = Math.max(IDLE_MIN_SECONDS, IDLE_MEDIANS * (medianGapSeconds ?? 0))
  const kept = gapsSeconds.filter((gap) => gap <= idleFromSeconds)
  const activeSeconds = kept.reduce((sum, gap) => sum + gap, 0)
  return {
    medianGapSeconds,
    idleFromSeconds,
    activeSeconds,
    kept: kept.length,
    perActiveHour: activeSeconds > 0 ? (kept.length / activeSeconds) * SECONDS_PER_HOUR : null,
  }
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return below === undefined || above === undefined ? null : (below + above) / 2
}
