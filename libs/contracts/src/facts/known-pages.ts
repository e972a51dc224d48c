/** Pages whose answer is known. Rules: docs/spec/known-answers.md. */
import Type from 'typebox'
import { defineFact } from '../define.ts'
import { FormReference } from '../form-definition.ts'
import { closed, Id, Moment } from '../primitives.ts'
import { TypedRecords } from '../reading.ts'

/**
 * Two supervisors confirmed every value of a settled page: it may be shown, as an ordinary page, to people who
 * never met it. Said again, it only names more people who have.
 */
export const knownPageNamed = defineFact(
  'reconcile',
  'known-page.named.v1',
  closed({
    pageId: Id,
    campaignId: Id,
    /** Who saw a reading of the page without keying it: its arbiters, and who confirmed it. */
    notBy: Type.Array(Id, { maxItems: 1800 }),
  }),
)

/** It is not shown any more. What was shown already is still keyed and judged. */
export const knownPageRetired = defineFact(
  'reconcile',
  'known-page.retired.v1',
  closed({
    pageId: Id,
    campaignId: Id,
    /** `settled-anew`: its values changed after they were confirmed. */
    reason: Type.Enum(['supervisor', 'settled-anew']),
  }),
)

/** Somebody keyed a known-answer page. It is no entry of any page, and counts nowhere but in this person's figures. */
export const knownPageAnswered = defineFact(
  'entry',
  'known-page.answered.v1',
  closed({
    entryId: Id,
    /** The page whose answer is known. */
    pageId: Id,
    campaignId: Id,
    form: FormReference,
    personId: Id,
    records: TypedRecords,
    submittedAt: Moment,
  }),
)
