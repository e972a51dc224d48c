import type { readPagesSettled as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import { IS_SETTLED } from './is-settled.ts'
import { selectStates } from './read-overview.ts'
import type { DB } from './schema.gen.ts'

/** How far these pages and their books are; those that nothing has been heard of are left out. */
export async function readPagesSettled(
  db: Kysely<DB>,
  { pageIds }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<{ pageId: string; bookId: string; isSettled: boolean }>`
    select p.page_id as "pageId", p.book_id as "bookId", ${IS_SETTLED} as "isSettled"
    from page p where p.page_id = any (${pageIds}::uuid[])`.execute(db)
  const states = await selectStates(db, [...new Set(rows.map(({ bookId }) => bookId))])
  return {
    pages: rows.map(({ pageId, bookId, isSettled }) => ({
      pageId,
      isSettled,
      bookState: states.get(bookId) ?? 'open',
    })),
  }
}
