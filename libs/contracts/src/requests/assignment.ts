import Type, { type Static } from 'typebox'
import { definePush, defineRequest } from '../define.ts'
import { Effort } from '../effort.ts'
import { SKIP_REASONS } from '../facts/entry.ts'
import { BookLayouts, PagesAhead } from '../facts/intake.ts'
import { FormReference } from '../form-definition.ts'
import { closed, Id, Line, Moment, Sha256 } from '../primitives.ts'
import { Cells, Places, TypedRecords } from '../reading.ts'
import { ArbitrationAssignment } from './arbitration.ts'

/** How many pages one person may hold at a time: enough to go on without a network for a while. */
export const CAPACITY_MAX = 20
export const Capacity = Type.Integer({ minimum: 1, maximum: CAPACITY_MAX })

/** What a typist learns of a page: nothing here depends on whether anybody keyed it before. */
export const TypingAssignment = closed({
  kind: Type.Literal('typing'),
  leaseToken: Id,
  pageId: Id,
  form: FormReference,
  bookTitle: Type.String(),
  sequence: Type.Integer({ minimum: 1 }),
  /** Those of the page's book, for whoever shows where a field stands; absent: the form's first layout. */
  layouts: Type.Optional(BookLayouts),
  expiresAt: Moment,
  /** Only these records of the page are to be keyed; absent: all of them. */
  places: Type.Optional(Places),
  /** Without the form's single fields. Drawn for each page and pass: it tells nothing of others. */
  coreOnly: Type.Optional(Type.Boolean()),
  /** Only these fields of each of the `places`; absent: all of them. */
  cells: Type.Optional(Cells),
  /** How many pages one may hold beside the one being typed, where the campaign says so. */
  pagesAhead: Type.Optional(PagesAhead),
})
export type TypingAssignment = Static<typeof TypingAssignment>

/**
 * Everything the person holds, filled up to `capacity` with new pages, and to no more than the campaign
 * of the book allows. Asked again it gives the same
 * pages, so a lost answer costs nothing. With fewer than `capacity`, the person is remembered as
 * waiting for a while, and gets what turns up by `assignmentOffered`.
 */
export const takeAssignments = defineRequest(
  'entry',
  'assignment.take.v1',
  closed({ personId: Id, capacity: Capacity }),
  closed({ assignments: Type.Array(TypingAssignment) }),
)

/**
 * Stores an entry, once an `entryId`. The answer is the same for the first time, for a repeat and
 * for one that came after its lease ran out: nothing in it tells what others did.
 */
export const submitEntry = defineRequest(
  'entry',
  'entry.submit.v1',
  closed({
    personId: Id,
    entryId: Id,
    pageId: Id,
    leaseToken: Id,
    records: TypedRecords,
    effort: Type.Optional(Effort),
    /** As in `takeAssignments`; 0 asks for no further page. */
    capacity: Type.Integer({ minimum: 0, maximum: CAPACITY_MAX }),
  }),
  closed({ entryId: Id, assignments: Type.Array(TypingAssignment) }),
)

const Holding = closed({ personId: Id, leaseToken: Id })

export const renewAssignment = defineRequest(
  'entry',
  'assignment.renew.v1',
  Holding,
  closed({ expiresAt: Moment }),
)

/** Hands a page back; it may come again. */
export const releaseAssignment = defineRequest(
  'entry',
  'assignment.release.v1',
  Holding,
  closed({}),
)

/** Ends what a person holds, and the person waits for nothing more; whoever may key the pages gets them. */
export const takeBackAssignments = defineRequest(
  'entry',
  'assignment.take-back.v1',
  closed({ personId: Id }),
  closed({ pages: Type.Integer({ minimum: 0 }) }),
)

/** Hands a page back for a reason; this person is not offered it again. */
export const skipPage = defineRequest(
  'entry',
  'page.skip.v1',
  closed({
    personId: Id,
    leaseToken: Id,
    reason: Type.Enum([...SKIP_REASONS]),
    note: Type.Optional(Line({ maxLength: 500 })),
  }),
  closed({}),
)

/** Which image the holder of a lease may see. Refused to anybody else, and after the lease. */
export const findTypistImage = defineRequest(
  'entry',
  'assignment.image.v1',
  Holding,
  closed({ sha256: Sha256 }),
)

/** Said to one person's own subject when work turns up for somebody who waits. */
export const assignmentOffered = definePush(
  'assignment.offered.v1',
  closed({
    personId: Id,
    assignment: Type.Union([TypingAssignment, ArbitrationAssignment]),
  }),
)
