import type { Bus } from '@songnhap/bus'
import {
  Book,
  BookState,
  closed,
  Holder,
  Id,
  KeyingOverview,
  listBooks,
  listSkippedPages,
  PageSettled,
  readBooksKeyed,
  readBooksSettled,
  readKeyingOverview,
  readPagesSettled,
  readSettlingOverview,
  SettlingOverview,
  SkippedPage,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readNames } from '../accounts.ts'
import { SUPERVISION } from '../admission.ts'
import type { DB } from '../schema.gen.ts'
import type { TypedServer } from '../typed-server.ts'

const ByCampaign = closed({ campaignId: Id })
const After = closed({ after: Type.Optional(Id) })
const Count = Type.Integer({ minimum: 0 })

/** The services know no names; null when the account is gone. */
const Named = { name: Type.Union([Type.String(), Type.Null()]) }
const holders = Type.Array(closed({ ...Holder.properties, ...Named }))
const Overview = closed({
  keying: closed({ ...KeyingOverview.properties, holders }),
  settling: closed({ ...SettlingOverview.properties, holders }),
})
/** `waiting` are those of its pages that wait for an arbiter or a supervisor. */
const NOTHING_DONE = {
  aside: 0,
  held: 0,
  begun: 0,
  keyedTwice: 0,
  settled: 0,
  waiting: 0,
  escalated: 0,
  wanted: 0,
  state: 'open',
} as const
const NOT_SETTLED = { isSettled: false, bookState: 'open' } as const
const BookProgress = closed({
  ...Book.properties,
  aside: Count,
  held: Count,
  begun: Count,
  keyedTwice: Count,
  settled: Count,
  waiting: Count,
  escalated: Count,
  wanted: Count,
  state: BookState,
})
const { isSettled, bookState } = PageSettled.properties
const Settled = { isSettled, bookState }
const Skipped = closed({
  pages: Type.Array(closed({ ...SkippedPage.properties, ...Settled, ...Named })),
  more: Type.Boolean(),
})

/** What a supervisor looks at first: how far it is, how fast it goes, and where it sticks. */
export function addOverviewRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/overview',
    {
      config: {
        access: SUPERVISION,
        summary: 'Pages by state and by day, who has pages in hand, and what waits for arbiters.',
      },
      schema: { params: ByCampaign, response: { 200: Overview } },
    },
    async ({ params }) => {
      const [keying, settling] = await Promise.all([
        bus.ask(readKeyingOverview, params),
        bus.ask(readSettlingOverview, params),
      ])
      const named = await namer(db, [...keying.holders, ...settling.holders])
      return {
        keying: { ...keying, holders: keying.holders.map(named) },
        settling: { ...settling, holders: settling.holders.map(named) },
      }
    },
  )

  server.get(
    '/api/campaigns/:campaignId/books/progress',
    {
      config: {
        access: SUPERVISION,
        summary: 'How far each book is, from keying to its release, going on after the last id.',
      },
      schema: {
        params: ByCampaign,
        querystring: After,
        response: { 200: closed({ books: Type.Array(BookProgress), more: Type.Boolean() }) },
      },
    },
    async ({ params, query }) => {
      const { books, more } = await bus.ask(listBooks, { ...params, ...query })
      const bookIds = books.map(({ bookId }) => bookId)
      const [keyed, settled] = await Promise.all([
        bus.ask(readBooksKeyed, { bookIds }),
        bus.ask(readBooksSettled, { bookIds }),
      ])
      const keyedOf = new Map(keyed.books.map((book) => [book.bookId, book]))
      const settledOf = new Map(settled.books.map((book) => [book.bookId, book]))
      return {
        books: books.map((book) => ({
          ...NOTHING_DONE,
          ...keyedOf.get(book.bookId),
          ...settledOf.get(book.bookId),
          ...book,
        })),
        more,
      }
    },
  )

  addSkippedRoute(server, db, bus)
}

function addSkippedRoute(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/skipped',
    {
      config: {
        access: SUPERVISION,
        summary: 'Pages that typists handed back, with their reasons, the latest first.',
      },
      schema: { params: ByCampaign, response: { 200: Skipped } },
    },
    async ({ params }) => {
      const { pages, more } = await bus.ask(listSkippedPages, params)
      const pageIds = [...new Set(pages.map(({ pageId }) => pageId))]
      const settled = await bus.ask(readPagesSettled, { pageIds })
      const settledOf = new Map(settled.pages.map(({ pageId, ...page }) => [pageId, page]))
      const named = pages.map(await namer(db, pages))
      return {
        pages: named.map((page) => ({ ...NOT_SETTLED, ...page, ...settledOf.get(page.pageId) })),
        more,
      }
    },
  )
}

async function namer(db: Kysely<DB>, people: readonly { personId: string }[]) {
  const names = await readNames(db, [...new Set(people.map(({ personId }) => personId))])
  return <T extends { personId: string }>(one: T) => ({
    ...one,
    name: names.get(one.personId) ?? null,
  })
}
