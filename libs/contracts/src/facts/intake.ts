import Type, { type Static } from 'typebox'
import { defineFact } from '../define.ts'
import { FormDefinition, LayoutName } from '../form-definition.ts'
import { closed, Id, Line, Sha256 } from '../primitives.ts'

/** Two people who key the same pages by arrangement. Statistics cannot check a standing pair. */
export const DeclaredPair = Type.Tuple([Id, Id])

/** A page under the hands, and so many ahead for when the line is away: not more than one may hold. */
export const PAGES_AHEAD_MAX = 19
export const PagesAhead = Type.Integer({ minimum: 1, maximum: PAGES_AHEAD_MAX })

/** A campaign was opened. Carries its form, so that whoever follows needs to ask nobody. */
export const campaignOpened = defineFact(
  'intake',
  'campaign.opened.v1',
  closed({
    campaignId: Id,
    name: Line({ minLength: 1, maxLength: 200 }),
    form: FormDefinition,
    /** Empty: any two people. Else only these pairs key this campaign. */
    pairs: Type.Array(DeclaredPair, { maxItems: 10_000 }),
    pagesAhead: Type.Optional(PagesAhead),
  }),
)

/**
 * A campaign goes on with another version of its form, which fits what was keyed by the versions before.
 * Carries the form, as the opening does.
 */
export const campaignFormChanged = defineFact(
  'intake',
  'campaign.form-changed.v1',
  closed({ campaignId: Id, form: FormDefinition }),
)

/** From now on typists hold so many pages beside the one being typed; null: as the desk has it. */
export const campaignPagesAheadChanged = defineFact(
  'intake',
  'campaign.pages-ahead-changed.v1',
  closed({ campaignId: Id, pagesAhead: Type.Union([PagesAhead, Type.Null()]) }),
)

/**
 * How the pages of a book are printed, by layouts of its form: one for all pages; one for odd and one for
 * even pages; empty: like none of them.
 */
export const BookLayouts = Type.Array(LayoutName, { maxItems: 2 })
export type BookLayouts = Static<typeof BookLayouts>

export const bookOpened = defineFact(
  'intake',
  'book.opened.v1',
  closed({
    bookId: Id,
    campaignId: Id,
    title: Line({ minLength: 1, maxLength: 200 }),
    /** Absent: all pages are like the form's first layout. */
    layouts: Type.Optional(BookLayouts),
  }),
)

/** From now on the pages of a book are shown by other layouts; null: by the form's first one. */
export const bookLayoutsChanged = defineFact(
  'intake',
  'book.layouts-changed.v1',
  closed({ bookId: Id, campaignId: Id, layouts: Type.Union([BookLayouts, Type.Null()]) }),
)

/** A page image is stored and its display copies are made: the page may be keyed. */
export const pageReceived = defineFact(
  'intake',
  'page.received.v1',
  closed({
    pageId: Id,
    bookId: Id,
    campaignId: Id,
    /** Place in the book, from 1, in order of arrival. */
    sequence: Type.Integer({ minimum: 1 }),
    imageSha256: Sha256,
  }),
)

/** Why a page does not belong to what is keyed of its book; `unreadable`: there is no better image of it. */
export const ASIDE_REASONS = [
  'photographed-twice',
  'not-part-of-book',
  'unreadable',
  'other',
] as const

const Decided = { pageId: Id, bookId: Id, campaignId: Id, personId: Id }

/** A supervisor took a page out of what is keyed of its book. What was typed of it is kept and takes no part. */
export const pageSetAside = defineFact(
  'intake',
  'page.set-aside.v1',
  closed({
    ...Decided,
    reason: Type.Enum([...ASIDE_REASONS, 'replaced']),
    note: Type.Optional(Line({ maxLength: 500 })),
    /** Of a page that is replaced: the one with the better image, at the same place of the book. */
    replacedBy: Type.Optional(Id),
  }),
)

/** A page that was set aside is one of its book again, with all that was typed of it. */
export const pageRestored = defineFact('intake', 'page.restored.v1', closed(Decided))
