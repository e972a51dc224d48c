import { assertInside, assertWhole } from '../assert-arguments.ts'
import { binomialAtMost } from '../distributions/binomial.ts'
import { hypergeometricAtMost } from '../distributions/hypergeometric.ts'
import { ROUNDING } from './finite-upper-bound.ts'

const CONFIDENCE = 0.95

/**
 * The fewest fields to audit so that with `wrong` of them wrong the exact upper bound is at most the
 * target.
 */
export function auditSize(wrong: number, target: number, confidence = CONFIDENCE): number {
  assertWhole('wrong', wrong)
  assertInside('target', target)
  assertInside('confidence', confidence)
  const suffices = (size: number) => binomialAtMost(wrong, size, target) <= 1 - confidence
  let most = wrong + 1
  while (!suffices(most)) most *= 2
  return smallest(wrong + 1, most, suffices)
}

/**
 * The fewest fields to audit, all right, so that a book of `fields` has at most `allowed` wrong ones. For
 * a small book and a hard target that is nearly all of them.
 */
export function finiteAuditSize(fields: number, allowed: number, confidence = CONFIDENCE): number {
  assertWhole('fields', fields, 1)
  assertWhole('allowed', allowed)
  assertInside('confidence', confidence)
  if (allowed >= fields) return 0
  const bad = allowed + 1
  const suffices = (sample: number) =>
    hypergeometricAtMost(0, { size: fields, bad, sample }) <= 1 - confidence - ROUNDING
  return smallest(1, fields, suffices)
}

/** The smallest whole number from `low` to `high` that suffices, as all above it do. */
function smallest(low: number, high: number, suffices: (n: number) => boolean): number {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (suffices(middle)) to = middle
    else from = middle + 1
  }
  return from
}
