import Type, { type Static } from 'typebox'
import { defineFact } from '../define.ts'
import { FIELD_CLASSES } from '../form-definition.ts'
import { closed, Id, Line, Moment, Sha256 } from '../primitives.ts'
import { Reading } from '../reading.ts'
import { Verdict } from './reconcile.ts'

const Count = Type.Integer({ minimum: 0 })
export const FieldClassName = Type.Enum([...FIELD_CLASSES])

/**
 * `sample`: drawn fields are evidence for the gate. `rework`: named fields are keyed once more throughout
 * the book, to find what is wrong; evidence is only the next sample.
 */
export const AuditKind = Type.Enum(['sample', 'rework'])
export type AuditKind = Static<typeof AuditKind>

/** How many fields of a class the book has, and how many of them were drawn. */
export const AuditStratum = closed({
  class: FieldClassName,
  fields: Count,
  drawn: Count,
  /** Errors in 10,000 fields that are not to be exceeded, as the campaign had it when the book was frozen. */
  target: Type.Number({ minimum: 0.01, maximum: 10_000 }),
})
export type AuditStratum = Static<typeof AuditStratum>

/** Errors that the audit found, by how the value had been settled. */
export const WrongByOrigin = closed({
  /** Both typists had read the same: what double entry cannot see. */
  agreed: Count,
  /** A third typist had read as one of two who differed. Absent: none. */
  majority: Type.Optional(Count),
  /** An arbiter had ruled. */
  ruled: Count,
  /** One person only had keyed the field, as the form wants it. */
  single: Count,
})

export const AuditFigures = closed({
  class: FieldClassName,
  fields: Count,
  /** Drawn, keyed a third time, and decided. */
  checked: Count,
  wrong: Count,
  wrongBy: WrongByOrigin,
  /** How the checked fields had been settled. */
  checkedBy: WrongByOrigin,
})
export type AuditFigures = Static<typeof AuditFigures>

/**
 * Nothing in the book changes any more but by what its audit finds. Tells the commitment to a secret from
 * which the draw follows; the secret itself comes with `book.audited.v1`.
 */
export const bookFrozen = defineFact(
  'reconcile',
  'book.frozen.v1',
  closed({
    bookId: Id,
    campaignId: Id,
    auditId: Id,
    kind: AuditKind,
    /** 1 for the book's first sample; each further one spends half as much error. */
    look: Type.Integer({ minimum: 1 }),
    frozenBy: Id,
    frozenAt: Moment,
    pages: Count,
    records: Count,
    strata: Type.Array(AuditStratum),
    frameSha256: Sha256,
    /** SHA-256 of the secret. */
    commitment: Sha256,
  }),
)

/** The book goes on as before it was frozen, and can be frozen again. */
export const bookThawed = defineFact(
  'reconcile',
  'book.thawed.v1',
  closed({
    bookId: Id,
    auditId: Id,
    reason: Type.Enum(['page-received', 'page-set-aside', 'page-restored', 'rework']),
  }),
)

/** One of two arbiters, or after them a supervisor, ruled on what an audit found to differ. */
export const panelRuled = defineFact(
  'reconcile',
  'panel.ruled.v1',
  closed({
    rulingId: Id,
    itemId: Id,
    pageId: Id,
    /** 1 and 2: the arbiters, each blind to the other. 3: a supervisor, where they disagree. */
    seat: Type.Integer({ minimum: 1, maximum: 3 }),
    arbiterId: Id,
    /** As the arbiter saw it: `first` is the audit's reading when `swapped`. */
    verdict: Verdict,
    swapped: Type.Boolean(),
    value: Type.Optional(Reading),
  }),
)

/** All that was drawn is decided. With the secret anybody can repeat the draw. */
export const bookAudited = defineFact(
  'reconcile',
  'book.audited.v1',
  closed({
    bookId: Id,
    auditId: Id,
    kind: AuditKind,
    look: Type.Integer({ minimum: 1 }),
    figures: Type.Array(AuditFigures),
    secret: Sha256,
    seed: Sha256,
  }),
)

/** A supervisor stands for the book. With a reason: although the gate was shut, and with a second one. */
export const bookReleased = defineFact(
  'reconcile',
  'book.released.v1',
  closed({
    bookId: Id,
    auditId: Id,
    releasedBy: Id,
    releasedAt: Moment,
    override: Type.Optional(
      closed({ reason: Line({ minLength: 1, maxLength: 500 }), askedBy: Id, askedAt: Moment }),
    ),
  }),
)
