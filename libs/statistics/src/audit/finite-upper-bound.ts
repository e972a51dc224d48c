import { assertCounts, assertInside } from '../assert-arguments.ts'
import { hypergeometricAtMost } from '../distributions/hypergeometric.ts'

/** Sums of logarithms are right to this; a tie within it rules nothing out. */
export const ROUNDING = 1e-9

/**
 * At most this many of the `fields` of a book are wrong, of which `checked` were drawn and `wrong` of
 * these were: the largest M with P(Hypergeometric(fields, M, checked) ≤ wrong) > α. Those found are among
 * them: when they are put right, M − wrong may remain.
 */
export function finiteUpperBound(
  wrong: number,
  { fields, checked }: { readonly fields: number; readonly checked: number },
  confidence = 0.95,
): number {
  assertCounts(checked, fields)
  assertCounts(wrong, checked)
  assertInside('confidence', confidence)
  let [low, high] = [wrong, fields - (checked - wrong)]
  while (low < high) {
    const bad = Math.ceil((low + high) / 2)
    if (
      hypergeometricAtMost(wrong, { size: fields, bad, sample: checked }) >
      1 - confidence - ROUNDING
    ) {
      low = bad
    } else high = bad - 1
  }
  return low
}
