import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

/** Then the pause is no longer doubled. */
const PAUSE_MAX_MS = 60_000

/** Which books are read when: that which has waited longest comes first. */
export interface BooksInTurn {
  /** The next books to read, so many. */
  next(db: Kysely<DB>, booksMax: number): Promise<string[]>
  /** Whether a book waits that is not being read. */
  isAwaited(db: Kysely<DB>): Promise<boolean>
  begin(bookId: string): void
  /** All of it is read. */
  done(bookId: string): void
  /** It made room, and comes again behind all that wait now. */
  madeRoom(bookId: string, db: Kysely<DB>): Promise<void>
  /** Something failed that may pass: it rests, longer each time. Tells how often that happened on end. */
  failed(bookId: string): number
}

export function openBooksInTurn(pauseMs: number): BooksInTurn {
  const reading = new Set<string>()
  /** Of books that made room: the last place that was given out then, and which one this was. */
  const behind = new Map<string, readonly [place: number, turn: number]>()
  let turns = 0
  const resting = new Map<string, { readonly failures: number; readonly until: number }>()

  const waiting = async (db: Kysely<DB>, booksMax: number) => {
    if (booksMax <= 0) return []
    const now = Date.now()
    const rest = [...resting].filter(([, { until }]) => until > now).map(([bookId]) => bookId)
    const standing = sql`(${JSON.stringify(Object.fromEntries(behind))}::jsonb -> book_id::text)`
    const rows = await db
      .selectFrom('file')
      .select('book_id')
      .where('state', 'in', ['waiting', 'reading'])
      .where('book_id', '!=', sql<string>`all(${[...reading, ...rest]}::uuid[])`)
      .groupBy('book_id')
      .orderBy(sql`greatest(min(place), (${standing} ->> 0)::bigint)`)
      .orderBy(sql`coalesce((${standing} ->> 1)::bigint, 0)`)
      .limit(booksMax)
      .execute()
    return rows.map((row) => row.book_id)
  }
  return {
    next: waiting,
    isAwaited: async (db) => (await waiting(db, 1)).length > 0,
    begin: (bookId) => void reading.add(bookId),
    done(bookId) {
      reading.delete(bookId)
      behind.delete(bookId)
      resting.delete(bookId)
    },
    async madeRoom(bookId, db) {
      const { last } = await db
        .selectFrom('file')
        .select(({ fn }) => fn.max('place').as('last'))
        .executeTakeFirstOrThrow()
      turns += 1
      behind.set(bookId, [last, turns])
      resting.delete(bookId)
      reading.delete(bookId)
    },
    failed(bookId) {
      reading.delete(bookId)
      const failures = (resting.get(bookId)?.failures ?? 0) + 1
      const pause = Math.min(pauseMs * 2 ** (failures - 1), PAUSE_MAX_MS)
      resting.set(bookId, { failures, until: Date.now() + pause })
      return failures
    },
  }
}
