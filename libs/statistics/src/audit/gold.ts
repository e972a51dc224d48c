import { assertInside, assertWhole } from '../assert-arguments.ts'
import { binomialAtLeast } from '../distributions/binomial.ts'
import { lowerBound } from '../intervals/clopper-pearson.ts'

/**
 * How many fields with known answers show at least one error of somebody with this rate: n with 1 − (1 −
 * e)^n ≥ confidence.
 */
export function goldSize(rate: number, confidence = 0.95): number {
  assertInside('rate', rate)
  assertInside('confidence', confidence)
  return Math.ceil(Math.log1p(-confidence) / Math.log1p(-rate))
}

/**
 * The fewest errors among `fields` known answers that show somebody's rate to be above `limit` (exact
 * lower bound), and how often somebody with a given rate makes that many: at the limit that is the share
 * of false flags. Null where even all wrong would not show it.
 */
export function goldFlag(
  fields: number,
  limit: number,
  confidence = 0.95,
): { readonly errors: number; readonly chanceAt: (rate: number) => number } | null {
  assertWhole('fields', fields, 1)
  assertInside('limit', limit)
  let errors = 1
  while (errors <= fields && lowerBound(errors, fields, confidence) <= limit) errors += 1
  if (errors > fields) return null
  return { errors, chanceAt: (rate) => binomialAtLeast(errors, fields, rate) }
}
