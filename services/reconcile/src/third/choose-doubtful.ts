/** Which of the doubtful fields that come by, page by page, are asked, so that a share is kept. Pure. */

/** By powers of two of what a third entry saves: what saves less than this is in the lowest, more in the highest. */
const GAIN_BINS = 12
const LOWEST_BIN = -2

/** What came by in a campaign since fields are asked for so. */
export interface DoubtTotals {
  /** Fields on which two agreed. */
  readonly seen: number
  /** Those that were asked because they are doubtful. */
  readonly asked: number
  /** Of those whose third entry saves something, how many in each bin. */
  readonly gains: readonly number[]
}

export const NO_DOUBTS: DoubtTotals = {
  seen: 0,
  asked: 0,
  gains: Array.from({ length: GAIN_BINS }, () => 0),
}

/**
 * What each field of a page saves, in their order: which are asked, and the totals then. Two bounds keep the share:
 * never more of all that came by than it says, and only what is among so many highest as it says, as far as bins
 * tell. The highest of a page go first. What was not used up is there for harder pages.
 */
export function chooseDoubtful(
  gains: readonly number[],
  share: number,
  before: DoubtTotals,
): { readonly chosen: ReadonlySet<number>; readonly after: DoubtTotals } {
  const seen = before.seen + gains.length
  const bins = before.gains.map(
    (count, bin) => count + gains.filter((gain) => gain > 0 && binOf(gain) === bin).length,
  )
  const least = leastBin(bins, share * seen)
  const room = Math.max(0, Math.floor(share * seen) - before.asked)
  const chosen = gains
    .map((gain, at) => ({ gain, at }))
    .filter(({ gain }) => gain > 0 && binOf(gain) >= least)
    .toSorted((one, other) => other.gain - one.gain)
    .slice(0, room)
    .map(({ at }) => at)
  const after = { seen, asked: before.asked + chosen.length, gains: bins }
  return { chosen: new Set(chosen), after }
}

function binOf(gain: number): number {
  const bin = Math.floor(Math.log2(gain)) - LOWEST_BIN
  return Math.min(GAIN_BINS - 1, Math.max(0, bin))
}

/** The lowest bin that is needed to have so many fields. */
function leastBin(bins: readonly number[], wanted: number): number {
  let above = 0
  for (let bin = bins.length - 1; bin > 0; bin -= 1) {
    above += bins[bin] ?? 0
    if (above >= wanted) return bin
  }
  return 0
}
