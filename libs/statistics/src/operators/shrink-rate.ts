import { assertCounts, assertInside } from '../assert-arguments.ts'
import { betaAtMost, betaQuantile } from '../distributions/beta.ts'
import type { Counted, Prior } from './fit-prior.ts'

export interface ShrunkRate {
  /** (α + x) ÷ (α + β + n): between what was seen and what is known of the others. */
  readonly mean: number
  /** The rate is at most this with the probability asked for; by this one operators are ranked. */
  readonly upper: number
}

/**
 * What is to be believed of somebody's error rate after x wrong of n judged, knowing the others: Beta(α +
 * x, β + n − x). So that a beginner with 0 of 3 is not the best: little was seen, and the upper end is
 * high.
 */
export function shrinkRate(
  { wrong, judged }: Counted,
  { alpha, beta }: Prior,
  probability = 0.95,
): ShrunkRate {
  assertCounts(wrong, judged)
  assertInside('probability', probability)
  return {
    mean: (alpha + wrong) / (alpha + beta + judged),
    upper: betaQuantile(probability, alpha + wrong, beta + judged - wrong),
  }
}

/**
 * How probable it is that the rate is at most `target`, after what was seen and by the prior. Good for
 * steering an audit; not for a release, unless the prior was agreed on.
 */
export function chanceAtMost(target: number, { wrong, judged }: Counted, { alpha, beta }: Prior) {
  assertCounts(wrong, judged)
  return betaAtMost(target, alpha + wrong, beta + judged - wrong)
}
