import { assertWhole } from '../assert-arguments.ts'

/**
 * κ, the chance that two wrong values of one truth are equal, unbiased from how often each wrong value
 * was seen: Σ n(n − 1)/(N(N − 1)). Null with fewer than two of them.
 *
 * E. H. Simpson, Nature 163 (1949), 688.
 */
export function collisionIndex(countsOfWrongValues: readonly number[]): number | null {
  for (const count of countsOfWrongValues) assertWhole('a count', count)
  const all = countsOfWrongValues.reduce((sum, count) => sum + count, 0)
  if (all < 2) return null
  const same = countsOfWrongValues.reduce((sum, count) => sum + count * (count - 1), 0)
  return same / (all * (all - 1))
}
