/** What an answer costs, in any one unit. */
export interface EntryCosts {
  readonly thirdEntry: number
  readonly arbiter: number
  /** A wrong value in the end. */
  readonly error: number
  readonly arbiterError: number
  /** The share of mismatches on which a third entry agrees with neither. */
  readonly noMajority: number
  /** The chance that a third person repeats the wrong reading: e3·c3. */
  readonly thirdRepeatsError: number
}

/**
 * Whether a third blind entry before the arbiter is cheaper than the arbiter at once, and what a mismatch
 * costs either way.
 */
export function thirdEntryFirst(costs: EntryCosts) {
  const { thirdEntry, arbiter, error, arbiterError, noMajority, thirdRepeatsError } = costs
  const arbiterAtOnce = arbiter + arbiterError * error
  const thirdFirst =
    thirdEntry + noMajority * arbiterAtOnce + (1 - noMajority) * thirdRepeatsError * error
  return { better: thirdFirst < arbiterAtOnce, thirdFirst, arbiterAtOnce }
}
