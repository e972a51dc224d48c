import { assertInside, assertShare } from '../assert-arguments.ts'

export interface Discovery {
  /** p·m/rank, made monotone: the q at which it would just be flagged. */
  readonly adjusted: number
  readonly flagged: boolean
}

/**
 * Which of many p-values to flag so that of those flagged a share q at most is flagged wrongly, on
 * average: the largest i with p_(i) ≤ iq/m and all below. In the order given. Assumes independent or
 * positively dependent tests.
 *
 * Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289–300.
 */
export function benjaminiHochberg(pValues: readonly number[], q = 0.05): Discovery[] {
  assertInside('q', q)
  for (const p of pValues) assertShare('a p-value', p)
  const ascending = [...pValues.keys()].toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0))
  const found = new Array<Discovery>(pValues.length)
  let adjusted = 1
  for (const [before, at] of [...ascending.entries()].reverse()) {
    adjusted = Math.min(adjusted, ((pValues[at] ?? 0) * pValues.length) / (before + 1))
    found[at] = { adjusted, flagged: adjusted <= q }
  }
  return found
}
