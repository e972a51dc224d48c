import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { BookLayouts } from '../facts/intake.ts'
import {
  DiagnosisShown,
  OutcomeClass,
  QuestionKind,
  RowPairs,
  Verdict,
} from '../facts/reconcile.ts'
import { FormReference } from '../form-definition.ts'
import { closed, Id, Line, Moment, Sha256 } from '../primitives.ts'
import { FieldName, Reading, TypedRecords } from '../reading.ts'

const BothEntries = Type.Tuple([TypedRecords, TypedRecords])

/** One thing that a person has to decide about a page. */
export const Question = closed({
  questionId: Id,
  kind: QuestionKind,
  /** Place among the page's records; 0: the whole page. */
  record: Type.Integer({ minimum: 0 }),
  /** Null unless one field is asked about. */
  field: Type.Union([FieldName, Type.Null()]),
  /** Absent where the whole page is asked about. */
  class: Type.Optional(OutcomeClass),
  reason: Type.String({ maxLength: 200 }),
  /** Which rule of comparison says so, for whoever has its own words for it. Only of a field. */
  rule: Type.Optional(Type.String({ maxLength: 64 })),
  /**
   * The two readings of a field, unnamed, in an order drawn at random. Null: this reader has none.
   * For any other question both are null, and `present` says which reader has the record.
   */
  readings: Type.Tuple([Type.Union([Reading, Type.Null()]), Type.Union([Reading, Type.Null()])]),
  /** The last of three readings, in the order drawn, where a third person keyed the field too. */
  third: Type.Optional(Reading),
  present: Type.Tuple([Type.Boolean(), Type.Boolean()]),
  /** About a record: as its only reader has it. About the page: all of both entries, as they fit. */
  entries: Type.Optional(BothEntries),
  /** Only for `alignment`: which record of `entries` seems to be which. */
  pairs: Type.Optional(RowPairs),
  /** Only for `page`: the one cause that would explain what differs. */
  diagnosis: Type.Optional(DiagnosisShown),
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
  /** Those of the page's book, for whoever shows where a field stands; absent: the form's first layout. */
  layouts: Type.Optional(BookLayouts),
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
  /** Only with `aligned`: each record of both entries, as they were shown, once. */
  pairs: Type.Optional(RowPairs),
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

/** Ends every arbitration that a person holds; they go to whoever else may rule on them. */
export const takeBackArbitrations = defineRequest(
  'reconcile',
  'arbitration.take-back.v1',
  closed({ personId: Id }),
  closed({ pages: Type.Integer({ minimum: 0 }) }),
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

/**
 * Both entries of an arbitration in the order that was drawn for them, and how they are paired. The
 * question's id is for whoever sees that they are paired wrongly: it takes the verdict `aligned`, also
 * while other questions are open.
 */
export const showEntries = defineRequest(
  'reconcile',
  'arbitration.entries.v1',
  Holding,
  closed({ questionId: Id, entries: BothEntries, pairs: RowPairs }),
)
