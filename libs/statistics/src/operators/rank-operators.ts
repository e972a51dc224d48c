import type { Counted, Prior } from './fit-prior.ts'
import { type ShrunkRate, shrinkRate } from './shrink-rate.ts'

/** Below this nothing is said of a person: "chưa đủ dữ liệu". */
export const JUDGED_MIN = 300

export type Ranked<O extends Counted> = O & {
  readonly shrunk: ShrunkRate
  /** From 1; null where too little was judged. Who has the same bound shares a rank. */
  readonly rank: number | null
}

/**
 * Operators in the order of their upper bounds, the best first: never by the raw rate, which favours
 * whoever did little. Those with fewer than 300 judged fields stand at the end without a rank.
 */
export function rankOperators<O extends Counted>(
  operators: readonly O[],
  prior: Prior,
): Ranked<O>[] {
  const shrunk = operators
    .map((operator) => ({ ...operator, shrunk: shrinkRate(operator, prior) }))
    .toSorted((a, b) => a.shrunk.upper - b.shrunk.upper)
  const enough = shrunk.filter(({ judged }) => judged >= JUDGED_MIN)
  const rankOf = (upper: number) => 1 + enough.findIndex((one) => one.shrunk.upper === upper)
  return [
    ...enough.map((one) => ({ ...one, rank: rankOf(one.shrunk.upper) })),
    ...shrunk.filter(({ judged }) => judged < JUDGED_MIN).map((one) => ({ ...one, rank: null })),
  ]
}
