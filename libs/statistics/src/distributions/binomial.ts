import { assertShare, assertWhole } from '../assert-arguments.ts'
import { betainc } from './special-functions.ts'

/**
 * P(X ≤ count) of X successes in `trials` independent ones of probability `share`: by the incomplete beta
 * function, so that no sum grows with the count.
 */
export function binomialAtMost(count: number, trials: number, share: number): number {
  assertWhole('trials', trials)
  assertShare('share', share)
  if (count < 0) return 0
  if (count >= trials || share === 0) return 1
  if (share === 1) return 0
  return betainc(share, count + 1, trials - count, true, true)
}

/** P(X ≥ count), exact also where it is tiny. */
export function binomialAtLeast(count: number, trials: number, share: number): number {
  assertWhole('trials', trials)
  assertShare('share', share)
  if (count <= 0) return 1
  if (count > trials || share === 0) return 0
  if (share === 1) return 1
  return betainc(share, count, trials - count + 1)
}
