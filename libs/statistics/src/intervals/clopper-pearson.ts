import { assertAmounts, assertInside } from '../assert-arguments.ts'
import { betaQuantile } from '../distributions/beta.ts'
import type { Interval } from './interval.ts'

const CONFIDENCE = 0.95

/**
 * The exact two-sided interval of a rate: low = Beta⁻¹(α/2; x, n−x+1), high = Beta⁻¹(1−α/2; x+1, n−x).
 * Covers at least as often as it says, whatever the rate; assumes independent fields. Counts may be
 * fractions, as they come from `spreadCounts`. With nothing judged the rate may be anything.
 *
 * C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), 404–413.
 */
export function clopperPearson(wrong: number, judged: number, confidence = CONFIDENCE): Interval {
  assertInside('confidence', confidence)
  const oneSided = (1 + confidence) / 2
  return { low: lowerBound(wrong, judged, oneSided), high: upperBound(wrong, judged, oneSided) }
}

/**
 * The rate is at most this, with one-sided confidence: what every gate asks. Nothing wrong: 1 − α^(1/n),
 * nearly 3/n ("rule of three": J. A. Hanley, A. Lippman-Hand, JAMA 249 (1983), 1743–1745).
 */
export function upperBound(wrong: number, judged: number, confidence = CONFIDENCE): number {
  assertAmounts(wrong, judged)
  assertInside('confidence', confidence)
  if (wrong >= judged) return 1
  if (wrong === 0) return -Math.expm1(Math.log1p(-confidence) / judged)
  return betaQuantile(confidence, wrong + 1, judged - wrong)
}

/** The rate is at least this, with one-sided confidence. */
export function lowerBound(wrong: number, judged: number, confidence = CONFIDENCE): number {
  assertAmounts(wrong, judged)
  assertInside('confidence', confidence)
  if (wrong === 0) return 0
  if (wrong === judged) return (1 - confidence) ** (1 / judged)
  return betaQuantile(1 - confidence, wrong, judged - wrong + 1)
}
