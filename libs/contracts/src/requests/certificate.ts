import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { AuditFigures, WrongByOrigin } from '../facts/audits.ts'
import { ASIDE_REASONS } from '../facts/intake.ts'
import { FormReference } from '../form-definition.ts'
import { Bilingual, closed, Id, Moment } from '../primitives.ts'
import { Audit, Gate, Override } from './audits.ts'

/** More pages that were set aside are counted only. */
export const ASIDE_TOLD_MAX = 500

const Count = Type.Integer({ minimum: 0 })
/** Errors in 10,000 fields. */
const Rate = Type.Number({ minimum: 0, maximum: 10_000 })

/** What the last sample says of one class of fields. What it found is put right and counts all the same. */
export const CertifiedClass = closed({
  ...AuditFigures.properties,
  target: Rate,
  /** Null: nothing was checked. */
  rate: Type.Union([Rate, Type.Null()]),
  /** The exact two-sided interval of 95 % (Clopper–Pearson) of all the fields that such work makes. */
  low: Rate,
  high: Rate,
  /** With one-sided 95 %, at most so many. */
  upper: Rate,
  /**
   * With 95 %, at most so many fields of this class are wrong in this book (hypergeometric), when what was
   * found is put right.
   */
  remaining: Count,
})
export type CertifiedClass = Static<typeof CertifiedClass>

/** Who stands for the book, and where the gate was shut, why it was released all the same. */
export const Release = closed({
  releasedBy: Id,
  releasedAt: Moment,
  override: Type.Optional(
    closed({
      askedBy: Id,
      askedAt: Moment,
      reason: Override.properties.reason,
    }),
  ),
})
export type Release = Static<typeof Release>

/**
 * What a book's release rests on. Its figures can be recomputed from the exported audit (`audit.export.v1`).
 */
export const Certificate = closed({
  format: Type.Literal('songnhap-certificate-1'),
  bookId: Id,
  campaignId: Id,
  title: Type.String(),
  form: closed({ ...FormReference.properties, title: Bilingual }),
  /** Without those that were set aside. */
  pages: Count,
  /** What was taken out of the book, and why; absent in certificates of before this was known. */
  aside: Type.Optional(
    closed({
      pages: Count,
      told: Type.Array(
        closed({
          sequence: Type.Integer({ minimum: 1 }),
          reason: Type.Enum([...ASIDE_REASONS]),
        }),
        { maxItems: ASIDE_TOLD_MAX },
      ),
    }),
  ),
  records: Count,
  /** Settled fields, by how they were settled. */
  settled: closed({
    ...WrongByOrigin.properties,
    /** Put right by an audit, whose panel decided; absent where none was. */
    audited: Type.Optional(Count),
  }),
  /** How many people did what. Nobody typed and ruled, or audited, on one page. */
  people: closed({ typists: Count, arbiters: Count, auditors: Count, panel: Count }),
  /** Rules of comparison by which its records were settled. */
  ruleVersions: Type.Array(Type.String()),
  /** In the order in which they were drawn, with commitments, seeds and secrets. */
  audits: Type.Array(Audit),
  /** The last sample. */
  classes: Type.Array(CertifiedClass),
  gate: Gate,
  /** Absent: a draft; the book is not released. */
  release: Type.Optional(Release),
})
export type Certificate = Static<typeof Certificate>

/** As it was at the release; of a book that is not released yet, as it would be. */
export const readCertificate = defineRequest(
  'reconcile',
  'certificate.read.v1',
  closed({ bookId: Id }),
  Certificate,
)
