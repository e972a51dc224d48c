import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { BookLayouts, DeclaredPair, PagesAhead } from '../facts/intake.ts'
import { FileName } from '../file-name.ts'
import { FormDefinition, FormReference } from '../form-definition.ts'
import { closed, Day, Id, Line, Sha256 } from '../primitives.ts'
import { ProblemBody } from '../problems.ts'

/** All of them would not fit into a message. */
export const REFUSED_PAGES_TOLD_MAX = 20

const Name = Line({ minLength: 1, maxLength: 200 })

export const Campaign = closed({
  campaignId: Id,
  name: Name,
  form: FormReference,
  pagesAhead: Type.Optional(PagesAhead),
  /** How many pairs were declared; 0 for random pairs. */
  pairs: Type.Integer({ minimum: 0 }),
  books: Type.Integer({ minimum: 0 }),
  pages: Type.Integer({ minimum: 0 }),
  /** The day by whose end everything should be settled. */
  deadline: Type.Optional(Day),
})
export type Campaign = Static<typeof Campaign>

export const Book = closed({
  bookId: Id,
  campaignId: Id,
  title: Name,
  pages: Type.Integer({ minimum: 0 }),
  /** Absent: all pages are like the form's first layout. */
  layouts: Type.Optional(BookLayouts),
})
export type Book = Static<typeof Book>

export const Page = closed({
  pageId: Id,
  bookId: Id,
  sequence: Type.Integer({ minimum: 1 }),
  /** The uploaded file that the page was in, and its place there. */
  fileId: Id,
  fileName: FileName,
  pageInFile: Type.Integer({ minimum: 1 }),
})
export type Page = Static<typeof Page>

const Count = Type.Integer({ minimum: 0 })

/** A page of a file that could not be read, where others could. */
export const RefusedPage = closed({
  pageInFile: Type.Integer({ minimum: 1 }),
  problem: ProblemBody,
})

/** How far an uploaded file is; `waiting` and `reading` come to one of the others by themselves. */
export const FileState = Type.Union([
  closed({ is: Type.Literal('waiting') }),
  /** So many of its pages are in the book or refused. */
  closed({ is: Type.Literal('reading'), done: Count, pages: Count }),
  closed({
    is: Type.Literal('received'),
    pages: Count,
    /** The first of those that could not be read. */
    refusedPages: Type.Array(RefusedPage, { maxItems: REFUSED_PAGES_TOLD_MAX }),
    refused: Count,
  }),
  /** A ZIP: its files come behind it in the list, each on its own. */
  closed({ is: Type.Literal('unpacked'), files: Count }),
  /** The same bytes are in the campaign already, as that file. */
  closed({ is: Type.Literal('duplicate'), of: Id }),
  closed({ is: Type.Literal('refused'), problem: ProblemBody }),
])
export type FileState = Static<typeof FileState>

export const BookFile = closed({
  fileId: Id,
  bookId: Id,
  name: FileName,
  /** The ZIP that it was in. */
  inside: Type.Optional(Id),
  /** The page whose better image it was to be. */
  replaces: Type.Optional(Id),
  state: FileState,
})
export type BookFile = Static<typeof BookFile>

/** Opens a campaign; the same id with the same content again changes nothing. */
export const openCampaign = defineRequest(
  'intake',
  'campaign.open.v1',
  closed({
    campaignId: Id,
    name: Name,
    /** A form, which this publishes, or the name of one that is published. */
    form: Type.Union([FormReference, FormDefinition]),
    pairs: Type.Array(DeclaredPair, { maxItems: 10_000 }),
    deadline: Type.Optional(Day),
    /**
     * How many pages a typist may hold beside the one being typed, for a line that comes and goes.
     * Absent: the desk holds 3, and programs as many as they ask for.
     */
    pagesAhead: Type.Optional(PagesAhead),
  }),
  closed({ campaignId: Id }),
)

/**
 * Lets a campaign go on with another version of its form: pages that are given to typists, and pages
 * that are compared for the first time, go by it from now on. The version that it has changes nothing.
 */
export const changeCampaignForm = defineRequest(
  'intake',
  'campaign.change-form.v1',
  closed({
    campaignId: Id,
    /** A form, which this publishes, or the name of one that is published. */
    form: Type.Union([FormReference, FormDefinition]),
  }),
  closed({ form: FormReference }),
)

/** Gives a campaign another deadline, or with null none. */
export const setDeadline = defineRequest(
  'intake',
  'campaign.set-deadline.v1',
  closed({ campaignId: Id, deadline: Type.Union([Day, Type.Null()]) }),
  closed({}),
)

/** Says how many pages a typist of the campaign holds ahead from now on; null: as the desk has it. */
export const setPagesAhead = defineRequest(
  'intake',
  'campaign.set-pages-ahead.v1',
  closed({ campaignId: Id, pagesAhead: Type.Union([PagesAhead, Type.Null()]) }),
  closed({}),
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
  closed({
    bookId: Id,
    campaignId: Id,
    title: Name,
    /** Absent: all pages are like the form's first layout. */
    layouts: Type.Optional(BookLayouts),
  }),
  closed({ bookId: Id }),
)

/** Shows the pages of a book by other layouts of its form; null: by the first one. What was typed stays. */
export const setBookLayouts = defineRequest(
  'intake',
  'book.set-layouts.v1',
  closed({ bookId: Id, layouts: Type.Union([BookLayouts, Type.Null()]) }),
  closed({}),
)

/** Books of a campaign in the order in which they were opened, 500 at most a call. */
export const listBooks = defineRequest(
  'intake',
  'book.list.v1',
  closed({ campaignId: Id, after: Type.Optional(Id) }),
  closed({ books: Type.Array(Book), more: Type.Boolean() }),
)

/**
 * Takes an uploaded file that already lies in the image store under its hash. It is read later, in
 * the order of arrival in its book.
 */
export const receiveFile = defineRequest(
  'intake',
  'file.receive.v1',
  closed({ bookId: Id, fileName: FileName, sha256: Sha256 }),
  Type.Union([
    closed({ outcome: Type.Literal('accepted'), fileId: Id }),
    /** The same bytes are in this campaign already, as this file; nothing was added. */
    closed({ outcome: Type.Literal('duplicate'), of: BookFile }),
  ]),
)

/** Files of a book in the order of its pages, 500 at most a call; `after` is the last file's id. */
export const listFiles = defineRequest(
  'intake',
  'file.list.v1',
  closed({ bookId: Id, after: Type.Optional(Id) }),
  closed({ files: Type.Array(BookFile), more: Type.Boolean() }),
)

/** Pages of a campaign in order of arrival, 1,000 at most a call; `after` is the last page's id. */
export const listPages = defineRequest(
  'intake',
  'page.list.v1',
  closed({ campaignId: Id, after: Type.Optional(Id) }),
  closed({ pages: Type.Array(Page), more: Type.Boolean() }),
)
