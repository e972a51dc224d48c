/** What all figures of a scope go by, and where that is from. Rules: docs/spec/accuracy.md. */
import Type, { type Static } from 'typebox'
import { closed, Moment } from './primitives.ts'

const Count = Type.Integer({ minimum: 0 })

/** What is known of errors before anything was judged: Beta(alpha, beta). */
export const PriorTold = closed({
  alpha: Type.Number(),
  beta: Type.Number(),
  source: Type.Enum(['fitted', 'start']),
})
export type PriorTold = Static<typeof PriorTold>

/** How often the second typist repeats an error of the first, so that nobody sees it. */
export const CoincidenceTold = closed({
  value: Type.Number(),
  source: Type.Enum(['audits', 'start']),
  /** Errors in audited fields that both had made alike, and all errors that are to be expected there. */
  numerator: Count,
  denominator: Type.Number(),
})
export type CoincidenceTold = Static<typeof CoincidenceTold>

/** How often a ruling charges the wrong one of two; 0 as long as too few rulings were checked. */
export const ArbiterErrorTold = closed({
  value: Type.Number(),
  source: Type.Enum(['checks', 'start']),
  /** Rulings that fell, and rulings that a second arbiter ruled on. */
  numerator: Count,
  denominator: Count,
})
export type ArbiterErrorTold = Static<typeof ArbiterErrorTold>

export const FigureBasis = {
  asOf: Moment,
  truth: Count,
  prior: PriorTold,
  coincidence: CoincidenceTold,
  arbiterError: ArbiterErrorTold,
}
