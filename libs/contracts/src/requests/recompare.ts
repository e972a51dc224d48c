import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { FormDefinition, FormReference } from '../form-definition.ts'
import { closed, Id, Sha256 } from '../primitives.ts'
import { FieldName } from '../reading.ts'

export const FLIP_EFFECTS = [
  /** A question that nobody has ruled on is asked no more. */
  'dropped',
  /** An open page gets a question more. */
  'asked',
  /** What was settled without a person would be asked about: the page is opened again. */
  'questioned',
  /** Another class or rule, and nothing follows: ruled on, or settled all the same. */
  'none',
] as const

/** What comparing once more would change on one page. Names classes and rules, never a value. */
export const Flip = closed({
  /** Null: the page as a whole. */
  field: Type.Union([FieldName, Type.Null()]),
  /** Class and rule, as `equivalent/case-ignored`; `same` where nothing was listed. */
  from: Type.String({ maxLength: 100 }),
  to: Type.String({ maxLength: 100 }),
  effect: Type.Enum([...FLIP_EFFECTS]),
  records: Type.Integer({ minimum: 1 }),
})
export type Flip = Static<typeof Flip>

export const FlippedPage = closed({
  pageId: Id,
  bookTitle: Type.String(),
  sequence: Type.Integer({ minimum: 1 }),
  settled: Type.Boolean(),
  /** Open, and compared by another version of the form: it goes on by this one, whatever differs. */
  moves: Type.Optional(Type.Boolean()),
  flips: Type.Array(Flip),
  /** Names exactly these flips on this page as it is now. */
  digest: Sha256,
})
export type FlippedPage = Static<typeof FlippedPage>

/**
 * What would change if the pages of a campaign were compared by the rules of today, or by another
 * version of its form. Changes nothing. Goes on after a page; as many pages as fit into a message.
 */
export const listFlips = defineRequest(
  'reconcile',
  'flip.list.v1',
  closed({ campaignId: Id, form: Type.Optional(FormDefinition), after: Type.Optional(Id) }),
  closed({
    pages: Type.Array(FlippedPage),
    /** Pages that were compared for this answer. */
    compared: Type.Integer({ minimum: 0 }),
    /** Where to go on; absent at the end. */
    next: Type.Optional(Id),
  }),
)

/** Compares these pages once more, if that changes exactly what was listed; otherwise none of them. */
export const applyFlips = defineRequest(
  'reconcile',
  'flip.apply.v1',
  closed({
    campaignId: Id,
    /** The form that was listed by; the campaign has to be keyed by this version of it by now. */
    formVersion: Type.Optional(FormReference.properties.version),
    pages: Type.Array(closed({ pageId: Id, digest: Sha256 }), { minItems: 1, maxItems: 20 }),
  }),
  closed({ questions: Type.Integer({ minimum: 0 }), reopened: Type.Integer({ minimum: 0 }) }),
)
