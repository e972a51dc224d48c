import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { OutcomeClass, Verdict } from '../facts/reconcile.ts'
import { FormReference } from '../form-definition.ts'
import { closed, Id, Line, Moment, Sha256 } from '../primitives.ts'
import { FieldName, Reading } from '../reading.ts'

/** One field that differs, or (field null) one record that only one of the two found. */
export const Question = closed({
  questionId: Id,
  record: Type.Integer({ minimum: 1 }),
  field: Type.Union([FieldName, Type.Null()]),
  class: OutcomeClass,
  reason: Type.String({ maxLength: 200 }),
  /**
   * The two readings, unnamed, in an order drawn at random. Null: this reader has no such record.
   * For a question about a whole record both are null, and `present` says which reader has it.
   */
  readings: Type.Tuple([Type.Union([Reading, Type.Null()]), Type.Union([Reading, Type.Null()])]),
  present: Type.Tuple([Type.Boolean(), Type.Boolean()]),
  /** What the arbiter before wrote who passed the question on. */
  note: Type.Optional(Type.String({ maxLength: 500 })),
})
export type Question = Static<typeof Question>

export const ArbitrationAssignment = closed({
  kind: Type.Literal('arbitration'),
  leaseToken: Id,
  pageId: Id,
  form: FormReference,
  bookTitle: Type.String(),
  sequence: Type.Integer({ minimum: 1 }),
  expiresAt: Moment,
  escalated: Type.Boolean(),
  questions: Type.Array(Question),
})
export type ArbitrationAssignment = Static<typeof ArbitrationAssignment>

export const Ruling = closed({
  questionId: Id,
  verdict: Verdict,
  /** Only with `other`: what stands on the paper. */
  value: Type.Optional(Reading),
  /** Required with `escalate`. */
  note: Type.Optional(Line({ minLength: 1, maxLength: 500 })),
})
export type Ruling = Static<typeof Ruling>

/** As `takeAssignments`, for arbiters; with `escalated`, the questions that an arbiter passed on. */
export const takeArbitrations = defineRequest(
  'reconcile',
  'arbitration.take.v1',
  closed({
    personId: Id,
    capacity: Type.Integer({ minimum: 1, maximum: 20 }),
    escalated: Type.Boolean(),
  }),
  closed({ assignments: Type.Array(ArbitrationAssignment) }),
)

/** Rulings on some or all questions of an arbitration, stored once a `submissionId`. */
export const submitRulings = defineRequest(
  'reconcile',
  'ruling.submit.v1',
  closed({
    personId: Id,
    submissionId: Id,
    leaseToken: Id,
    rulings: Type.Array(Ruling, { minItems: 1, maxItems: 5000 }),
  }),
  closed({
    submissionId: Id,
    /** Questions of this arbitration that are still to be ruled on. */
    open: Type.Integer({ minimum: 0 }),
  }),
)

const Holding = closed({ personId: Id, leaseToken: Id })

export const renewArbitration = defineRequest(
  'reconcile',
  'arbitration.renew.v1',
  Holding,
  closed({ expiresAt: Moment }),
)

export const releaseArbitration = defineRequest(
  'reconcile',
  'arbitration.release.v1',
  Holding,
  closed({}),
)

export const findArbiterImage = defineRequest(
  'reconcile',
  'arbitration.image.v1',
  Holding,
  closed({ sha256: Sha256 }),
)
