import { assertCounts, assertInside } from '../assert-arguments.ts'
import { fixedPlan, type Risks } from './fixed-plan.ts'

export interface Sprt {
  /** Accept where wrong ≤ slope·checked − acceptBelow. */
  readonly acceptBelow: number
  /** Reject where wrong ≥ slope·checked + rejectAbove. */
  readonly rejectAbove: number
  readonly slope: number
  /** ln of how much an error's odds differ between both rates. */
  readonly logOdds: number
  /** The fewest fields, all right, that accept. */
  readonly acceptFrom: number
  /** Fields until a decision, on average (Wald's approximation), at the good and at the bad rate. */
  readonly meanSize: { readonly good: number; readonly bad: number }
}

/**
 * Wald's sequential test of a good against a bad rate, for books in a hurry. Draw the order in advance,
 * and look nowhere else.
 *
 * A. Wald, Sequential Analysis (1947); D. C. Montgomery, Introduction to Statistical Quality Control,
 * chapter 15.
 */
export function sprt({ good, bad, rejectGood, acceptBad }: Risks): Sprt {
  assertInside('good', good)
  assertInside('bad', bad)
  assertInside('rejectGood', rejectGood)
  assertInside('acceptBad', acceptBad)
  if (bad <= good) throw new RangeError('bad must be above good')
  if (rejectGood + acceptBad >= 1) throw new RangeError('both risks must add up to less than 1')
  const perError = Math.log(bad / good)
  const perRight = Math.log1p(-bad) - Math.log1p(-good)
  const logOdds = perError - perRight
  const accept = Math.log((1 - rejectGood) / acceptBad)
  const reject = Math.log((1 - acceptBad) / rejectGood)
  const meanSize = (rate: number, accepted: number) =>
    (-accepted * accept + (1 - accepted) * reject) / (rate * perError + (1 - rate) * perRight)
  const slope = -perRight / logOdds
  const acceptBelow = accept / logOdds
  return {
    acceptBelow,
    rejectAbove: reject / logOdds,
    slope,
    logOdds,
    acceptFrom: Math.ceil(acceptBelow / slope),
    meanSize: { good: meanSize(good, 1 - rejectGood), bad: meanSize(bad, acceptBad) },
  }
}

const TRUNCATE_TIMES = 3

/**
 * What the test says after these fields. It ends at three times the fixed plan of the same risks, where
 * nearer to accepting than to rejecting accepts.
 */
export function decideSprt(
  risks: Risks,
  wrong: number,
  checked: number,
): 'accept' | 'reject' | 'go-on' {
  assertCounts(wrong, checked)
  const { slope, acceptBelow, rejectAbove } = sprt(risks)
  if (wrong <= slope * checked - acceptBelow) return 'accept'
  if (wrong >= slope * checked + rejectAbove) return 'reject'
  if (checked < TRUNCATE_TIMES * fixedPlan(risks).sample) return 'go-on'
  return wrong <= slope * checked + (rejectAbove - acceptBelow) / 2 ? 'accept' : 'reject'
}
