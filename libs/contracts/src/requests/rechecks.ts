import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { closed, Id, Moment, Sha256 } from '../primitives.ts'
import { FieldName } from '../reading.ts'

const Count = Type.Integer({ minimum: 0 })
const ByCampaign = closed({ campaignId: Id })
const Seconds = Type.Number({ minimum: 0 })
const OrNull = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** A share of a count, with its exact 95 % limits (Clopper–Pearson); null while nothing was counted. */
const Share = closed({
  share: OrNull(Type.Number({ minimum: 0, maximum: 1 })),
  low: Type.Number({ minimum: 0, maximum: 1 }),
  high: Type.Number({ minimum: 0, maximum: 1 }),
})
export type Share = Static<typeof Share>

/** What is known of how well an arbiter rules. Everything was counted as it happened. */
export const ArbiterFigures = closed({
  arbiterId: Id,
  rulings: Count,
  escalated: Count,
  /** Of rulings drawn by chance: how many a second arbiter was asked, and the outcome is known of. */
  secondChecked: Count,
  /** The second arbiter passed it on: counted in no disagreement. */
  secondPassedOn: Count,
  secondDisagreed: Count,
  /** A supervisor found the first ruling to be wrong. */
  secondOverturned: Count,
  /** Disagreed ÷ those of which the second arbiter said something. */
  disagreement: Share,
  /**
   * (1 − √(1 − 2d))/2 of disagreement d, and of its limits: how often one of two equally careful arbiters
   * errs. Null: from d = ½ on there is no such rate.
   */
  error: closed({
    estimate: OrNull(Type.Number()),
    low: OrNull(Type.Number()),
    high: OrNull(Type.Number()),
  }),
  /** Overturned ÷ checked. */
  overturn: Share,
  /** Typists choose what they appeal against: this is no sample, and stands apart. */
  appealsDecided: Count,
  appealsOverturned: Count,
  /** Fields ruled by this arbiter that an audit looked at. */
  audited: Count,
  auditedWrong: Count,
  auditedError: Share,
  /** Choices between two readings, and how many took what was shown first; ½ is to be expected. */
  chose: Count,
  choseShownFirst: Count,
  shownFirst: Share,
  /** Two-sided exact test of ½; null while nothing was chosen. */
  orderBias: OrNull(closed({ z: Type.Number(), pValue: Type.Number({ minimum: 0, maximum: 1 }) })),
  /** Half of the latest submissions took longer a ruling; null while none was timed. */
  medianSeconds: OrNull(Seconds),
  timedSubmissions: Count,
})
export type ArbiterFigures = Static<typeof ArbiterFigures>

export const readArbiters = defineRequest(
  'reconcile',
  'arbiters.read.v1',
  ByCampaign,
  closed({ arbiters: Type.Array(ArbiterFigures) }),
)

/** A field of a settled page that counts against whoever appeals. */
const Charged = {
  pageId: Id,
  /** As settled records are numbered on their page, from 1. */
  record: Type.Integer({ minimum: 1, maximum: 32_767 }),
  field: FieldName,
}

export const APPEAL_STATES = [
  'open',
  /** The field does not count against its typist any more. */
  'upheld',
  'refused',
  /** The page was opened again for another reason before it was decided. */
  'lapsed',
] as const

export const Appeal = closed({
  appealId: Id,
  ...Charged,
  appealedAt: Moment,
  state: Type.Enum([...APPEAL_STATES]),
})
export type Appeal = Static<typeof Appeal>

export const SubmitAppealBody = closed({ appealId: Id, ...Charged })

/** Puts a ruling that counts against this person to a second arbiter, once an appeal id. */
export const submitAppeal = defineRequest(
  'reconcile',
  'appeal.submit.v1',
  closed({ personId: Id, ...SubmitAppealBody.properties }),
  Appeal,
)

/** A person's own appeals, the latest first, 500 at most. */
export const listOwnAppeals = defineRequest(
  'reconcile',
  'appeal.list-own.v1',
  closed({ personId: Id }),
  closed({ appeals: Type.Array(Appeal, { maxItems: 500 }) }),
)

/** Appeals of a campaign by outcome. Not a sample of rulings. */
export const readAppeals = defineRequest(
  'reconcile',
  'appeal.read.v1',
  ByCampaign,
  closed({
    appeals: Count,
    open: Count,
    upheld: Count,
    refused: Count,
    lapsed: Count,
    /** Upheld ÷ decided. */
    upheldShare: Share,
  }),
)

/** The image of a settled page, for one who keyed it. */
export const findOwnImage = defineRequest(
  'reconcile',
  'page.own-image.v1',
  closed({ personId: Id, pageId: Id }),
  closed({ sha256: Sha256 }),
)
