import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { AuditFigures, AuditKind, AuditStratum, FieldClassName } from '../facts/audits.ts'
import { SETTLED_HOW } from '../facts/reconcile.ts'
import { closed, Id, Line, Moment, Sha256 } from '../primitives.ts'
import { FieldName } from '../reading.ts'

/** Of a record or a field in an export: more than any audit has, and less than the database counts to by a call's. */
const Place = Type.Integer({ minimum: 0, maximum: 10 ** 9 })
const Count = Type.Integer({ minimum: 0 })
const ByBook = closed({ bookId: Id })

const BOOK_STATES = [
  /** Being keyed and settled. */
  'open',
  /** Frozen; what was drawn is being keyed and decided. */
  'frozen',
  /** Frozen; the audit has ended. */
  'audited',
  'released',
] as const
export const BookState = Type.Enum([...BOOK_STATES])
export type BookState = Static<typeof BookState>

/** What keeps a book from being frozen: how many pages, or facts. */
export const BOOK_LACKS = [
  'no-page',
  'pages-in-intake',
  'to-be-keyed',
  'wanted-again',
  'in-arbitration',
  'passed-on',
  'dead-letters',
] as const
const Lack = closed({ what: Type.Enum([...BOOK_LACKS]), count: Count })
export type BookLack = Static<typeof Lack>

/** An audit as far as it may be told while it goes on: how much, and not what was drawn. */
export const Audit = closed({
  auditId: Id,
  kind: AuditKind,
  look: Type.Integer({ minimum: 1 }),
  frozenAt: Moment,
  pages: Count,
  records: Count,
  strata: Type.Array(AuditStratum),
  frameSha256: Sha256,
  commitment: Sha256,
  /** Drawn fields in all; those of them that are keyed; those that are decided. */
  drawn: Count,
  keyed: Count,
  decided: Count,
  /** Once it has ended: what was found. */
  ended: Type.Optional(
    closed({
      endedAt: Moment,
      /** False: the book changed meanwhile. */
      finished: Type.Boolean(),
      figures: Type.Array(AuditFigures),
      secret: Sha256,
      seed: Sha256,
    }),
  ),
})
export type Audit = Static<typeof Audit>

const Rate = Type.Number({ minimum: 0, maximum: 10_000 })
const Checked = { wrong: Count, checked: Count }

/** Why the gate is shut, whatever the figures say. */
export const GATE_STOPS = [
  'identity-errors',
  'open-cases',
  'unresolved-rows',
  'drawn-before-freeze',
  'nothing-to-release',
] as const

/** One class of fields at the gate. Rates are errors in 10,000 fields. */
export const GateClass = closed({
  class: FieldClassName,
  target: Rate,
  passed: Type.Boolean(),
  /** All audits of the last books of this form, those that failed too. */
  process: closed({
    ...Checked,
    /** With `confidence`, at most so many are wrong. */
    upper: Rate,
    confidence: Type.Number(),
    passed: Type.Boolean(),
    /** Fields to check besides, all right, until the bound is at the target. */
    moreNeeded: Count,
  }),
  /** This book's sample. */
  book: closed({
    ...Checked,
    needed: Count,
    moreNeeded: Count,
    /** More errors than this are evidence that the book is worse than the target. */
    acceptable: Count,
    passed: Type.Boolean(),
  }),
})
export type GateClass = Static<typeof GateClass>

/** Whether a book may be released, and every number of what is missing. */
export const Gate = closed({
  open: Type.Boolean(),
  stops: Type.Array(closed({ what: Type.Enum([...GATE_STOPS]), count: Count })),
  classes: Type.Array(GateClass),
})
export type Gate = Static<typeof Gate>

/** Asked for by one supervisor, to be confirmed by another. */
export const Override = closed({
  overrideId: Id,
  askedBy: Id,
  askedAt: Moment,
  reason: Type.String(),
})

export type Override = Static<typeof Override>

export const BookStanding = closed({
  bookId: Id,
  campaignId: Id,
  title: Type.String(),
  state: BookState,
  /** When it was released last, also where it was opened again since. */
  releasedAt: Type.Optional(Moment),
  /** Of an open book: what is to be done before it can be frozen. */
  lacks: Type.Array(Lack),
  /** In the order in which they were drawn. */
  audits: Type.Array(Audit),
  /** Once the audit has ended. */
  gate: Type.Optional(Gate),
  /** Asked for and not confirmed yet. */
  overrides: Type.Array(Override),
})
export type BookStanding = Static<typeof BookStanding>

/** How far a book is. */
export const readBook = defineRequest('reconcile', 'book.read.v1', ByBook, BookStanding)

/** Freezes a book and draws what is to be audited of it. */
export const freezeBook = defineRequest(
  'reconcile',
  'book.freeze.v1',
  closed({
    bookId: Id,
    personId: Id,
    /** Pages that the book has where it was uploaded to: one that did not arrive yet would be left out. */
    pages: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    /** At least so many fields of each class. Absent: as many as the design says. */
    least: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  }),
  Audit,
)

/** Releases a book whose gate is open. */
export const releaseBook = defineRequest(
  'reconcile',
  'book.release.v1',
  closed({ bookId: Id, personId: Id }),
  BookStanding,
)

/** Asks that a book be released although its gate is shut; somebody else has to confirm it. */
export const askOverride = defineRequest(
  'reconcile',
  'override.ask.v1',
  closed({ bookId: Id, personId: Id, reason: Line({ minLength: 1, maxLength: 500 }) }),
  Override,
)

/** Releases the book, and says for ever why and by whom. */
export const confirmOverride = defineRequest(
  'reconcile',
  'override.confirm.v1',
  closed({ bookId: Id, overrideId: Id, personId: Id }),
  BookStanding,
)

/**
 * Has fields keyed once more in every record of a book, by others, and what is wrong put right. Then the
 * book is open, and can be frozen for a fresh sample.
 */
export const reworkBook = defineRequest(
  'reconcile',
  'book.rework.v1',
  closed({
    bookId: Id,
    personId: Id,
    /** Absent: those in which the last sample found an error. */
    fields: Type.Optional(Type.Array(FieldName, { minItems: 1, maxItems: 200, uniqueItems: true })),
  }),
  Audit,
)

export const AuditTarget = closed({
  class: FieldClassName,
  /** Errors in 10,000 fields. */
  target: Type.Number({ minimum: 0.01, maximum: 10_000 }),
})
export type AuditTarget = Static<typeof AuditTarget>
const Targets = closed({ targets: Type.Array(AuditTarget, { maxItems: 3 }) })

export const readTargets = defineRequest(
  'reconcile',
  'target.read.v1',
  closed({ campaignId: Id }),
  Targets,
)

/** For books that are frozen from now on. */
export const setTargets = defineRequest(
  'reconcile',
  'target.set.v1',
  closed({ campaignId: Id, personId: Id, targets: Targets.properties.targets }),
  Targets,
)

const FrameField = closed({ name: FieldName, class: FieldClassName })

/** What was settled, and what became of it: `same` keyed alike, `stands` confirmed by the panel. */
export const AuditedCell = closed({
  recordId: Id,
  field: FieldName,
  class: FieldClassName,
  drawKey: Sha256,
  how: Type.Enum([...SETTLED_HOW]),
  outcome: Type.Enum(['same', 'stands', 'wrong']),
})
export type AuditedCell = Static<typeof AuditedCell>

/**
 * Of an audit that has ended, everything that its draw and its figures can be recomputed from: record ids,
 * 5,000 at most a call, or else drawn fields, 1,000 at most. Values are not told.
 */
export const exportAudit = defineRequest(
  'reconcile',
  'audit.export.v1',
  closed({ auditId: Id, part: Type.Enum(['records', 'cells']), from: Place }),
  closed({
    bookId: Id,
    audit: Audit,
    fields: Type.Array(FrameField),
    records: Type.Array(Id),
    cells: Type.Array(AuditedCell),
    more: Type.Boolean(),
  }),
)

/** A whole export, as one file. */
export const AuditExport = closed({
  format: Type.Literal('songnhap-audit-1'),
  bookId: Id,
  audit: Audit,
  fields: Type.Array(FrameField),
  records: Type.Array(Id),
  cells: Type.Array(AuditedCell),
})
export type AuditExport = Static<typeof AuditExport>
