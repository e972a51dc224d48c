import { assertInside, assertWhole } from '../assert-arguments.ts'
import { poissonAtLeast } from '../distributions/poisson.ts'

const SIGNIFICANCE = 0.05

/**
 * How many errors may be in a book's sample before they are evidence that this book is worse than the
 * target: the largest x with P(Poisson(n·target) ≥ x) > .05.
 */
export function acceptableErrors(checked: number, target: number): number {
  assertWhole('checked', checked)
  assertInside('target', target)
  let errors = 0
  while (poissonAtLeast(errors + 1, checked * target) > SIGNIFICANCE) errors += 1
  return errors
}
