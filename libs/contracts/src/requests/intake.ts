import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { DeclaredPair } from '../facts/intake.ts'
import { FormDefinition, FormReference } from '../form-definition.ts'
import { closed, Id, Line, Sha256 } from '../primitives.ts'

const Name = Line({ minLength: 1, maxLength: 200 })

export const Campaign = closed({
  campaignId: Id,
  name: Name,
  form: FormReference,
  /** How many pairs were declared; 0 for random pairs. */
  pairs: Type.Integer({ minimum: 0 }),
  books: Type.Integer({ minimum: 0 }),
  pages: Type.Integer({ minimum: 0 }),
})
export type Campaign = Static<typeof Campaign>

export const Book = closed({
  bookId: Id,
  campaignId: Id,
  title: Name,
  pages: Type.Integer({ minimum: 0 }),
})
export type Book = Static<typeof Book>

export const Page = closed({
  pageId: Id,
  bookId: Id,
  sequence: Type.Integer({ minimum: 1 }),
  fileName: Type.String({ maxLength: 255 }),
})
export type Page = Static<typeof Page>

/** Opens a campaign; the same id with the same content again changes nothing. */
export const openCampaign = defineRequest(
  'intake',
  'campaign.open.v1',
  closed({
    campaignId: Id,
    name: Name,
    form: FormDefinition,
    pairs: Type.Array(DeclaredPair, { maxItems: 10_000 }),
  }),
  closed({ campaignId: Id }),
)

export const listCampaigns = defineRequest(
  'intake',
  'campaign.list.v1',
  closed({}),
  closed({ campaigns: Type.Array(Campaign) }),
)

export const openBook = defineRequest(
  'intake',
  'book.open.v1',
  closed({ bookId: Id, campaignId: Id, title: Name }),
  closed({ bookId: Id }),
)

/** Books of a campaign in the order in which they were opened, 500 at most a call. */
export const listBooks = defineRequest(
  'intake',
  'book.list.v1',
  closed({ campaignId: Id, after: Type.Optional(Id) }),
  closed({ books: Type.Array(Book), more: Type.Boolean() }),
)

/** Takes an uploaded file that already lies in the image store under its hash. */
export const receivePage = defineRequest(
  'intake',
  'page.receive.v1',
  closed({ bookId: Id, fileName: Line({ minLength: 1, maxLength: 255 }), sha256: Sha256 }),
  Type.Union([
    closed({ outcome: Type.Literal('received'), page: Page }),
    /** The same scan is in this campaign already, as this page; nothing was added. */
    closed({ outcome: Type.Literal('duplicate'), page: Page }),
  ]),
)

/** Pages of a campaign in order of arrival, 1,000 at most a call; `after` is the last page's id. */
export const listPages = defineRequest(
  'intake',
  'page.list.v1',
  closed({ campaignId: Id, after: Type.Optional(Id) }),
  closed({ pages: Type.Array(Page), more: Type.Boolean() }),
)

export const readForm = defineRequest('intake', 'form.read.v1', FormReference, FormDefinition)
