/** What intake has: campaigns, their books, their pages. */
import { fitIntoReply } from '@songnhap/bus'
import type {
  listBooks as booksContract,
  listCampaigns as campaignsContract,
  listPages as pagesContract,
  ReplyOf,
  RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const BOOKS_A_CALL_MAX = 500
const PAGES_A_CALL_MAX = 1_000

export async function listCampaigns(db: Kysely<DB>): Promise<ReplyOf<typeof campaignsContract>> {
  const rows = await db
    .selectFrom('campaign as c')
    .leftJoin('book as b', 'b.campaign_id', 'c.campaign_id')
    .select(({ fn }) => [
      'c.campaign_id',
      'c.name',
      'c.form_name',
      'c.form_version',
      sql<string | null>`c.deadline::text`.as('deadline'),
      'c.pages_ahead',
      sql<number>`json_array_length(c.pairs)`.as('pairs'),
      fn.count<number>('b.book_id').as('books'),
      fn.coalesce(fn.sum<number>('b.pages'), sql<number>`0`).as('pages'),
    ])
    .groupBy('c.campaign_id')
    .orderBy('c.opened_at')
    .execute()
  return {
    campaigns: rows.map((row) => ({
      campaignId: row.campaign_id,
      name: row.name,
      form: { name: row.form_name, version: row.form_version },
      ...(row.pages_ahead === null ? {} : { pagesAhead: row.pages_ahead }),
      pairs: row.pairs,
      books: row.books,
      pages: row.pages,
      ...(row.deadline === null ? {} : { deadline: row.deadline }),
    })),
  }
}

export async function listBooks(
  db: Kysely<DB>,
  { campaignId, after }: RequestOf<typeof booksContract>,
): Promise<ReplyOf<typeof booksContract>> {
  let query = db
    .selectFrom('book')
    .select(['book_id as bookId', 'campaign_id as campaignId', 'title', 'pages', 'layouts'])
    .where('campaign_id', '=', campaignId)
    .orderBy('opened_at')
    .orderBy('book_id')
    .limit(BOOKS_A_CALL_MAX + 1)
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(opened_at, book_id) > (select opened_at, book_id from book where book_id = ${after})`,
    )
  }
  const rows = await query.execute()
  const books = rows
    .slice(0, BOOKS_A_CALL_MAX)
    .map(({ layouts, ...book }) => (layouts === null ? book : { ...book, layouts }))
  return { books, more: rows.length > BOOKS_A_CALL_MAX }
}

/** By page id, which is the order of arrival. */
export async function listPages(
  db: Kysely<DB>,
  { campaignId, after }: RequestOf<typeof pagesContract>,
): Promise<ReplyOf<typeof pagesContract>> {
  let query = db
    .selectFrom('page')
    .innerJoin('file', 'file.file_id', 'page.file_id')
    .select(['page_id as pageId', 'page.book_id as bookId', 'sequence'])
    .select(['page.file_id as fileId', 'name as fileName', 'page_in_file as pageInFile'])
    .where('page.campaign_id', '=', campaignId)
    .orderBy('page_id')
    .limit(PAGES_A_CALL_MAX + 1)
  if (after !== undefined) query = query.where('page_id', '>', after)
  const rows = await query.execute()
  const { fitting, more } = fitIntoReply(rows.slice(0, PAGES_A_CALL_MAX))
  return { pages: fitting, more: more || rows.length > PAGES_A_CALL_MAX }
}
