/** How a campaign goes, for supervisors only: every number here tells what people did. */
import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { SKIP_REASONS } from '../facts/entry.ts'
import { closed, Day, Id, Line, Moment } from '../primitives.ts'
import { BookState } from './audits.ts'

/** As many as a service tells of the books on one page of their list. */
export const BOOKS_A_CALL_MAX = 500
const PAGES_A_CALL_MAX = 500

const Count = Type.Integer({ minimum: 0 })
/** May fall below 0: a day on which more pages were opened again than settled. */
const Change = Type.Integer()
const ByCampaign = closed({ campaignId: Id })
const SomeBooks = closed({ bookIds: Type.Array(Id, { maxItems: BOOKS_A_CALL_MAX }) })

/** Who has pages in hand, how many, and since when the oldest of them. */
export const Holder = closed({ personId: Id, pages: Count, since: Moment })
export type Holder = Static<typeof Holder>

/** Those who have held a page longest come first; 500 of them at most. */
const Holders = Type.Array(Holder)

/** Days as the clock of the service has them, oldest first; those on which nothing happened are left out. */
export const KeyingOverview = closed({
  today: Day,
  /** Without those that were replaced by a better image. */
  pages: Count,
  /** Pages of these that were set aside; the counts below are without them. */
  aside: Count,
  /** Pages of which nothing was keyed yet and that somebody has in hand. */
  held: Count,
  /** Pages that were keyed at least once, and by two people. */
  begun: Count,
  keyedTwice: Count,
  days: Type.Array(closed({ day: Day, received: Count, keyedTwice: Count })),
  holders: Holders,
  /** Typists who asked for a page and have none in hand. */
  waiting: Count,
  skips: Count,
})
export type KeyingOverview = Static<typeof KeyingOverview>

export const readKeyingOverview = defineRequest(
  'entry',
  'overview.read.v1',
  ByCampaign,
  KeyingOverview,
)

export const SettlingOverview = closed({
  compared: Count,
  settled: Count,
  /** Pages that wait for an arbiter or for a supervisor, in hand or not; those of them for a supervisor. */
  waiting: Count,
  escalated: Count,
  /** Pages that somebody new is to key once more before they are settled. */
  wanted: Count,
  /** What an audit asks of settled pages, of arbiters and supervisors. */
  auditing: Count,
  days: Type.Array(closed({ day: Day, settled: Change, rulings: Count })),
  holders: Holders,
  /** How long a page takes an arbiter: of the pages done in the last 7 days; null when there are none. */
  ruling: closed({ medianSeconds: Type.Union([Type.Number(), Type.Null()]), pages: Count }),
})
export type SettlingOverview = Static<typeof SettlingOverview>

export const readSettlingOverview = defineRequest(
  'reconcile',
  'overview.read.v1',
  ByCampaign,
  SettlingOverview,
)

/** How far the keying of these books is; books of which nothing was keyed or is in hand are left out. */
export const readBooksKeyed = defineRequest(
  'entry',
  'book.read-keyed.v1',
  SomeBooks,
  closed({
    books: Type.Array(
      closed({ bookId: Id, aside: Count, held: Count, begun: Count, keyedTwice: Count }),
    ),
  }),
)

/** How far the settling of these books is; books without any of it are left out. */
export const readBooksSettled = defineRequest(
  'reconcile',
  'book.read-settled.v1',
  SomeBooks,
  closed({
    books: Type.Array(
      closed({
        bookId: Id,
        settled: Count,
        waiting: Count,
        escalated: Count,
        wanted: Count,
        state: BookState,
      }),
    ),
  }),
)

export const SkippedPage = closed({
  pageId: Id,
  bookId: Id,
  bookTitle: Type.String(),
  sequence: Type.Integer(),
  personId: Id,
  reason: Type.Enum([...SKIP_REASONS]),
  note: Type.Optional(Line({ maxLength: 500 })),
  skippedAt: Moment,
  /** Whether the page still waits for typists. */
  open: Type.Boolean(),
  /** What a supervisor decided since; absent: nothing. */
  decision: Type.Optional(Type.Enum(['offered-again', 'set-aside', 'replaced'])),
})
export type SkippedPage = Static<typeof SkippedPage>

/** Pages that typists handed back for a reason, the latest 500. */
export const listSkippedPages = defineRequest(
  'entry',
  'page.list-skipped.v1',
  ByCampaign,
  closed({ pages: Type.Array(SkippedPage), more: Type.Boolean() }),
)

export const PageSettled = closed({ pageId: Id, isSettled: Type.Boolean(), bookState: BookState })
export type PageSettled = Static<typeof PageSettled>

/** Whether these pages are settled, and how far their books are; unknown pages are left out. */
export const readPagesSettled = defineRequest(
  'reconcile',
  'page.read-settled.v1',
  closed({ pageIds: Type.Array(Id, { maxItems: PAGES_A_CALL_MAX }) }),
  closed({ pages: Type.Array(PageSettled) }),
)
