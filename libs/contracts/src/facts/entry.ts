import Type from 'typebox'
import { defineFact } from '../define.ts'
import { Effort } from '../effort.ts'
import { FormReference } from '../form-definition.ts'
import { closed, Id, Line, Moment } from '../primitives.ts'
import { Cells, Places, Turn, TypedRecords } from '../reading.ts'

export const SKIP_REASONS = [
  'unreadable',
  'wrong-form',
  'photographed-twice',
  'not-a-register-page',
  'too-hard',
  'other',
] as const

/** A person keyed one page. Said once an entry, however often the browser sends it. */
export const entrySubmitted = defineFact(
  'entry',
  'entry.submitted.v1',
  closed({
    entryId: Id,
    pageId: Id,
    campaignId: Id,
    form: FormReference,
    personId: Id,
    /** Which of the page's two passes this entry fills; null for a spare reading that came too late. */
    pass: Type.Union([Type.Literal(1), Type.Literal(2), Type.Null()]),
    /** Everybody who ever held a lease on the page, and so must not rule on it. */
    seenBy: Type.Array(Id, { maxItems: 1800 }),
    /** Which keying of this pass: more than 1 when `page.reading-wanted.v1` asked again. Absent: 1. */
    turn: Type.Optional(Turn),
    /** Which records of the page these are, from 1; absent: all of them. */
    places: Type.Optional(Places),
    /** Without the form's single fields, which the other of the two people keys. */
    coreOnly: Type.Optional(Type.Boolean()),
    /** Only these fields of each of the `places`; absent: all of them. */
    cells: Type.Optional(Cells),
    records: TypedRecords,
    submittedAt: Moment,
    /** What it cost the hands, where the desk counted it. */
    effort: Type.Optional(Effort),
  }),
)

/** A person handed a page back without keying it, and will not be offered it again. */
export const pageSkipped = defineFact(
  'entry',
  'page.skipped.v1',
  closed({
    pageId: Id,
    personId: Id,
    reason: Type.Enum([...SKIP_REASONS]),
    note: Type.Optional(Line({ maxLength: 500 })),
  }),
)

/**
 * A supervisor looked at a page that was skipped: it can be keyed. Those who skipped it may be given it
 * again, when there is nothing else for them.
 */
export const pageOfferedAgain = defineFact(
  'entry',
  'page.offered-again.v1',
  closed({ pageId: Id, personId: Id, note: Type.Optional(Line({ maxLength: 500 })) }),
)
