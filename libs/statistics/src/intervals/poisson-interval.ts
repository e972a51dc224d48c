import { assertInside, assertPositive, assertWhole } from '../assert-arguments.ts'
import { gammaincinv } from '../distributions/special-functions.ts'
import type { Interval } from './interval.ts'

const CONFIDENCE = 0.95

/**
 * The exact two-sided interval of a count's mean, by `exposure` (fields, expected errors): low is the
 * mean at which so many or more have probability α/2, high the one at which so many or fewer have it.
 * Assumes rare, independent events.
 *
 * F. Garwood, Biometrika 28 (1936), 437–442.
 */
export function poissonInterval(count: number, exposure = 1, confidence = CONFIDENCE): Interval {
  assertWhole('count', count)
  assertPositive('exposure', exposure)
  assertInside('confidence', confidence)
  const outside = (1 - confidence) / 2
  return {
    low: count === 0 ? 0 : gammaincinv(outside, count) / exposure,
    high: gammaincinv(outside, count + 1, true) / exposure,
  }
}

/** The mean is at most this, with one-sided confidence. */
export function poissonUpperBound(count: number, confidence = CONFIDENCE): number {
  assertWhole('count', count)
  assertInside('confidence', confidence)
  return gammaincinv(1 - confidence, count + 1, true)
}
