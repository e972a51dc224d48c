import { auditSize } from '../audit/audit-size.ts'
import { binomialAtMost } from '../distributions/binomial.ts'

/** Two rates to tell apart, and how often either may be mistaken for the other. */
export interface Risks {
  readonly good: number
  readonly bad: number
  readonly rejectGood: number
  readonly acceptBad: number
}

const ACCEPT_MAX = 10_000

/** The smallest sample, and how many errors it may have, that keeps both risks: one look at the end. */
export function fixedPlan({ good, bad, rejectGood, acceptBad }: Risks) {
  for (let accept = 0; accept <= ACCEPT_MAX; accept += 1) {
    const sample = auditSize(accept, bad, 1 - acceptBad)
    if (binomialAtMost(accept, sample, good) >= 1 - rejectGood) return { sample, accept }
  }
  throw new RangeError('good and bad are too close: no plan with at most 10,000 errors')
}
