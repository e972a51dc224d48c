import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { REVIEW_OUTCOMES } from '../facts/independence.ts'
import { closed, Id, Line, Moment } from '../primitives.ts'

const Count = Type.Integer({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const Amount = Type.Number({ minimum: 0 })

export const PAIR_TESTS = ['few-differences', 'alike-where-wrong', 'many-alike'] as const
export const PAIR_SIGNALS = ['commit-times', 'spelling', 'hands'] as const
/** Causes that are no fault of anybody: each is to be thought of before the other one is. */
export const PAIR_EXPLANATIONS = [
  /** Their pages are clearer than those of others. */
  'easy-pages',
  /** One of them errs less by now than when keying with others. */
  'rates-changed',
  /** Both were taught the same mistake. */
  'same-training',
  /** Both went by the same list of names or places. */
  'same-list',
  /** The picture shows something else than the paper, to everybody. */
  'bad-scan',
  /** Entries waited on a computer without a line and came together. */
  'came-late',
  /** They work the same hours, and pages come in the same order. */
  'same-shift',
  /** Both write by the same habits. */
  'same-habits',
  /** An input method that brings words as a whole, or one that was changed. */
  'input-method',
] as const
export const PAIR_STANDINGS = [
  'tested',
  /** One of them keyed too little with others: nothing to go by. */
  'unchecked',
  /** The two have too little together. */
  'too-little',
] as const

/** One test of a pair. */
export const PairTest = closed({
  test: Type.Enum([...PAIR_TESTS]),
  /** Fields that differ; wrong alike of those that both have wrong; wrong alike of those audited. */
  found: Count,
  of: Count,
  expected: Amount,
  p: Share,
  explanations: Type.Array(Type.Enum([...PAIR_EXPLANATIONS])),
})

/** No test, but something to look at beside it. */
export const PairSignal = closed({
  signal: Type.Enum([...PAIR_SIGNALS]),
  /**
   * Pages whose entries came within a minute of each other; fields written in two ways; long readings pasted, or typed
   * quicker than hands can.
   */
  found: Count,
  of: Count,
  expected: Amount,
  /** Null: none is told. */
  p: Type.Union([Share, Type.Null()]),
  explanations: Type.Array(Type.Enum([...PAIR_EXPLANATIONS])),
})

/** Errors of one of the two, in what both keyed, and in what he or she keyed with others. */
export const PairMember = closed({
  personId: Id,
  wrong: Count,
  elsewhere: closed({ wrong: Count, fields: Count, pages: Count, partners: Count }),
})

export const PairFigures = closed({
  members: Type.Array(PairMember, { minItems: 2, maxItems: 2 }),
  pages: Count,
  fields: Count,
  differing: Count,
  variants: Count,
  bothWrong: Count,
  alike: Count,
  audited: Count,
  standing: Type.Enum([...PAIR_STANDINGS]),
  /** Differences that are to be expected; null: there is nothing to go by. */
  expected: Type.Union([Amount, Type.Null()]),
  tests: Type.Array(PairTest),
  signals: Type.Array(PairSignal),
  p: Type.Union([Share, Type.Null()]),
  q: Type.Union([Share, Type.Null()]),
  flagged: Type.Boolean(),
})
export type PairFigures = Static<typeof PairFigures>

/** Over how many pairs, and by how much pages and pairs differ (squared coefficients of variation). */
export const PairFrame = closed({
  level: Share,
  tested: Count,
  pageSpread: Amount,
  pairSpread: Amount,
})
export type PairFrame = Static<typeof PairFrame>

export const REVIEW_STATES = ['open', ...REVIEW_OUTCOMES] as const

const ReviewPlace = {
  reviewId: Id,
  state: Type.Enum([...REVIEW_STATES]),
}

/** Flagged ones first, then those that cannot be checked, then by how much is to be expected of them. */
export const readPairs = defineRequest(
  'reconcile',
  'pairs.read.v1',
  closed({ campaignId: Id }),
  closed({
    frame: PairFrame,
    pairs: Type.Array(
      closed({ ...PairFigures.properties, review: Type.Optional(closed(ReviewPlace)) }),
    ),
    more: Type.Boolean(),
  }),
)

const At = { number: Type.Integer({ minimum: 1 }), at: Moment }
const Words = Line({ minLength: 1, maxLength: 1000 })
const By = { personId: Id, note: Words }

export const ReviewEvent = Type.Union([
  closed({ kind: Type.Literal('opened'), ...At, frame: PairFrame, pair: PairFigures }),
  closed({ kind: Type.Literal('noted'), ...At, ...By }),
  closed({
    kind: Type.Literal('closed'),
    ...At,
    ...By,
    outcome: Type.Enum([...REVIEW_OUTCOMES]),
  }),
])
export type ReviewEvent = Static<typeof ReviewEvent>

/** A pair that stood out, and what was found and said about it since. */
export const Review = closed({
  ...ReviewPlace,
  campaignId: Id,
  personIds: Type.Array(Id, { minItems: 2, maxItems: 2 }),
  openedAt: Moment,
  events: Type.Array(ReviewEvent),
})
export type Review = Static<typeof Review>

/** Of one campaign or of all, the last opened first, going on before a review. */
export const listReviews = defineRequest(
  'reconcile',
  'reviews.list.v1',
  closed({ campaignId: Type.Optional(Id), before: Type.Optional(Id) }),
  closed({ reviews: Type.Array(Review), more: Type.Boolean() }),
)

export const noteReview = defineRequest(
  'reconcile',
  'review.note.v1',
  closed({ reviewId: Id, personId: Id, note: Words }),
  Review,
)

export const closeReview = defineRequest(
  'reconcile',
  'review.close.v1',
  closed({
    reviewId: Id,
    personId: Id,
    outcome: Type.Enum([...REVIEW_OUTCOMES]),
    note: Words,
  }),
  Review,
)
