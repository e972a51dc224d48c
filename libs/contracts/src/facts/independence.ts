import Type from 'typebox'
import { defineFact } from '../define.ts'
import { closed, Id } from '../primitives.ts'

/** What a review may end with: there is an innocent cause, or the two did not work apart. */
export const REVIEW_OUTCOMES = ['explained', 'confirmed'] as const

/** A pair stands out, for the first time or with much more evidence: a supervisor is to look. */
export const reviewOpened = defineFact(
  'reconcile',
  'review.opened.v1',
  closed({
    reviewId: Id,
    campaignId: Id,
    personIds: Type.Array(Id, { minItems: 2, maxItems: 2 }),
    again: Type.Boolean(),
  }),
)

export const reviewClosed = defineFact(
  'reconcile',
  'review.closed.v1',
  closed({
    reviewId: Id,
    closedBy: Id,
    outcome: Type.Enum([...REVIEW_OUTCOMES]),
  }),
)
