import { assertInside, assertPositive } from '../assert-arguments.ts'
import { upperBound } from '../intervals/clopper-pearson.ts'
import type { Counted } from '../operators/fit-prior.ts'

/** A part of the fields that was audited by itself, and its share of all. */
export interface AuditStratum extends Counted {
  readonly share: number
}

/**
 * The upper bound of all fields together: Σ w·U with each U at the confidence 1 − α/H (Bonferroni: safe,
 * whatever the strata have in common). Shares add up to 1.
 */
export function stratifiedUpperBound(strata: readonly AuditStratum[], confidence = 0.95): number {
  assertInside('confidence', confidence)
  for (const { share } of strata) assertPositive('share', share)
  const shares = strata.reduce((sum, { share }) => sum + share, 0)
  if (Math.abs(shares - 1) > 1e-9) throw new RangeError('shares must add up to 1')
  const each = 1 - (1 - confidence) / strata.length
  return strata.reduce((sum, s) => sum + s.share * upperBound(s.wrong, s.judged, each), 0)
}
