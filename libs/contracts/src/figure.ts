/** A number about people's work, with all that it takes to believe it. */
import Type, { type Static } from 'typebox'
import { closed, Moment } from './primitives.ts'

/**
 * Where the limits come from. `wilson-corrected`: divided by what agreed errors hide. `beta-posterior`: shrunk
 * towards the others, `high` is a one-sided bound. `poisson` and `binomial` are exact. `none`: there are none.
 */
export const FIGURE_METHODS = [
  'wilson',
  'wilson-corrected',
  'beta-posterior',
  'poisson',
  'binomial',
  'none',
] as const

const OrNull = Type.Union([Type.Number(), Type.Null()])

export const Figure = closed({
  /** Null where there is nothing to divide by. */
  value: OrNull,
  numerator: Type.Number(),
  /** Of an expected number of errors it is no whole number. */
  denominator: Type.Number(),
  low: OrNull,
  high: OrNull,
  method: Type.Enum([...FIGURE_METHODS]),
  /** Null with `none`. */
  confidence: OrNull,
  /** So many fields say as much as one by itself: errors come together on pages. Absent: 1. */
  designEffect: Type.Optional(Type.Number({ minimum: 1 })),
  /** What was settled after this moment is not in it. */
  asOf: Moment,
  /** How often a page of it had been settled, or settled again, by then: another number, another truth. */
  truth: Type.Integer({ minimum: 0 }),
})
export type Figure = Static<typeof Figure>
