import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { AuditFigures, AuditKind, AuditStratum, FieldClassName } from '../facts/audits.ts'
import { closed, Id, Moment, Sha256 } from '../primitives.ts'
import { FieldName } from '../reading.ts'

const Count = Type.Integer({ minimum: 0 })
const ByBook = closed({ bookId: Id })

export const BOOK_STATES = [
  /** Being keyed and settled. */
  'open',
  /** Frozen; what was drawn is being keyed and decided. */
  'frozen',
  /** Frozen; the audit has ended. */
  'audited',
  'released',
] as const

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

export const BookStanding = closed({
  bookId: Id,
  campaignId: Id,
  title: Type.String(),
  state: Type.Enum([...BOOK_STATES]),
  /** Of an open book: what is to be done before it can be frozen. */
  lacks: Type.Array(Lack),
  /** In the order in which they were drawn. */
  audits: Type.Array(Audit),
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
    pages: Count,
    /** At least so many fields of each class. Absent: as many as the design says. */
    least: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  }),
  Audit,
)

export const AuditTarget = closed({
  class: FieldClassName,
  /** Errors in 10,000 fields. */
  target: Type.Number({ exclusiveMinimum: 0, maximum: 10_000 }),
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
  how: Type.Enum(['agreed', 'ruled', 'single']),
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
  closed({ auditId: Id, part: Type.Enum(['records', 'cells']), from: Count }),
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
