import { assertAmounts, assertPositive } from '../assert-arguments.ts'
import type { Interval } from './interval.ts'

/** Two-sided 95 %: the 97.5th percentile of the normal distribution. */
const Z_95 = 1.959963984540054

/**
 * The Wilson score interval of an error rate of which `wrong` of `judged` were seen. Holds its
 * promise for the small and the extreme rates of good typists, where the textbook interval does not.
 * With nothing judged the rate may be anything.
 *
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927), 209–212.
 */
export function wilson(wrong: number, judged: number, z: number = Z_95): Interval {
  assertAmounts(wrong, judged)
  assertPositive('z', z)
  if (judged === 0) return { low: 0, high: 1 }

  const rate = wrong / judged
  const weight = z ** 2 / judged
  const middle = (rate + weight / 2) / (1 + weight)
  const spread = Math.sqrt((rate * (1 - rate)) / judged + weight / (4 * judged))
  const half = (z * spread) / (1 + weight)

  return {
    // At the ends the limit is the rate itself, which rounding would miss by a hair.
    low: wrong === 0 ? 0 : Math.max(0, middle - half),
    high: wrong === judged ? 1 : Math.min(1, middle + half),
  }
}
