import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { FieldClassName } from '../facts/audits.ts'
import { Figure } from '../figure.ts'
import { closed, Id } from '../primitives.ts'

const Count = Type.Integer({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const Cost = Type.Number({ minimum: 0 })

/**
 * What the comparison of costs goes by. `arbiter-error`: how often an arbiter errs. `no-majority`: on how many
 * differences the third person agrees with neither. `repeats-error`: how often he or she reads the same wrongly.
 */
export const THIRD_INPUTS = ['arbiter-error', 'no-majority', 'repeats-error'] as const
export const ThirdInput = closed({
  name: Type.Enum([...THIRD_INPUTS]),
  value: Share,
  /** So many of so many in this campaign; the value follows from them where `measured` is true. */
  counted: Count,
  of: Count,
  /** False: too few are known in this campaign, and a usual value stands for them. */
  measured: Type.Boolean(),
})
export type ThirdInput = Static<typeof ThirdInput>

/** What one differing field of a class costs either way. The unit is one third entry of one field. */
export const ThirdClass = closed({
  class: FieldClassName,
  /** A wrong value in the end. */
  errorCost: Cost,
  thirdFirst: Cost,
  arbiterAtOnce: Cost,
  /** True: a third entry first is cheaper. */
  favoured: Type.Boolean(),
})

/** Fields that a third person was asked for although two agreed. */
const AskedOfAgreed = closed({
  asked: Count,
  /** On how many the two turned out to be wrong, of those that are settled. */
  wrong: Figure,
})

/** At most so much of what two agree on is asked of a third person. */
export const AGREED_SHARE_MAX = 0.2
const AgreedShare = Type.Number({ minimum: 0, maximum: AGREED_SHARE_MAX })

/** Third blind entries of a campaign: whether they are asked for, why, and what came of them. */
export const ThirdEntries = closed({
  on: Type.Boolean(),
  arbiterCost: Cost,
  inputs: Type.Array(ThirdInput),
  classes: Type.Array(ThirdClass),
  /** Pages that wait for a third person. */
  waiting: Count,
  /** Fields that a third person has keyed, and those of them on which two agreed then. */
  keyed: Count,
  majority: Count,
  /** What a third person keys of that on which two agree. */
  agreed: closed({
    /** Of all such fields so many are asked; 0: none. */
    share: AgreedShare,
    /** The part of them that is drawn whatever the risk: with this probability each. */
    chance: AgreedShare,
    /** Fields on which two agreed since any were asked. */
    seen: Count,
    doubtful: AskedOfAgreed,
    drawn: AskedOfAgreed,
  }),
})
export type ThirdEntries = Static<typeof ThirdEntries>

export const readThirdEntries = defineRequest(
  'reconcile',
  'third-entries.read.v1',
  closed({ campaignId: Id }),
  ThirdEntries,
)

/** For pages that are compared from now on. Without `agreedShare` it stays as it is; at first it is .02. */
export const setThirdEntries = defineRequest(
  'reconcile',
  'third-entries.set.v1',
  closed({
    campaignId: Id,
    personId: Id,
    on: Type.Boolean(),
    agreedShare: Type.Optional(AgreedShare),
  }),
  ThirdEntries,
)
