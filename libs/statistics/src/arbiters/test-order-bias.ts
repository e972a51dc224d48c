import { assertCounts } from '../assert-arguments.ts'
import { binomialAtLeast } from '../distributions/binomial.ts'

/**
 * Does an arbiter favour what is shown first? Two-sided exact binomial test of ½, and the normal z.
 * Assumes that the order was drawn at random for each question.
 */
export function testOrderBias(
  firstChosen: number,
  chosen: number,
): { readonly z: number; readonly pValue: number } | null {
  assertCounts(firstChosen, chosen)
  if (chosen === 0) return null
  const more = Math.max(firstChosen, chosen - firstChosen)
  return {
    z: (firstChosen - chosen / 2) / Math.sqrt(chosen / 4),
    pValue: Math.min(1, 2 * binomialAtLeast(more, chosen, 0.5)),
  }
}
