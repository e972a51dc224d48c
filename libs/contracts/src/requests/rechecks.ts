import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { Figure } from '../figure.ts'
import { closed, Id, Moment } from '../primitives.ts'
import { FieldName } from '../reading.ts'
import { ArbiterFigures } from './operators.ts'

const Count = Type.Integer({ minimum: 0 })
const ByCampaign = closed({ campaignId: Id })

/**
 * What is known of how well an arbiter rules, counted as it happened. Shares have exact limits (Clopper–Pearson,
 * 95 %), and none where there is nothing to divide by.
 */
export const ArbiterChecks = closed({
  ...ArbiterFigures.properties,
  /** Half of the latest submissions took longer a ruling; null while none was timed. */
  medianSeconds: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  /** Of rulings drawn by chance those of which the outcome is known. */
  secondChecked: Count,
  /** The second arbiter passed it on: counted in no disagreement. */
  secondPassedOn: Count,
  /** The second arbiter said otherwise ÷ those of which he or she said something. */
  disagreement: Figure,
  /**
   * (1 − √(1 − 2d))/2 of the disagreement d and of its limits: how often one of two equally careful arbiters
   * errs. Null: from d = ½ on there is no such rate.
   */
  error: Figure,
  /** Found wrong by a supervisor ÷ checked. */
  overturned: Figure,
  /** Overturned ÷ decided on appeal. Typists choose what they appeal against: this is no sample. */
  appeals: Figure,
  /** Fields ruled on that an audit found wrong ÷ those it looked at. */
  audited: Figure,
})
export type ArbiterChecks = Static<typeof ArbiterChecks>

export const readArbiters = defineRequest(
  'reconcile',
  'arbiters.read.v1',
  ByCampaign,
  closed({ arbiters: Type.Array(ArbiterChecks) }),
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
    upheldShare: Figure,
  }),
)
