import { type Errand, errand, type Ledger } from '@songnhap/database'
import { type DecodingLimits, type ImageStore, openDecoders } from '@songnhap/images'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { type BooksInTurn, openBooksInTurn } from './books-in-turn.ts'
import { readBook } from './read-book.ts'
import type { ReadingDesk } from './reading-desk.ts'
import type { DB } from './schema.gen.ts'
import { openTurn, type Turn } from './turn.ts'

const LOOK_EVERY_MS = 1_000
/** The files of one book are read in order, different books side by side. */
const BOOKS_AT_ONCE_MAX = 4
const FAILURES_A_LINE = 10

export interface ReadingPace {
  /** Then a book makes room for one that waits. */
  readonly pagesATurn: number
  /** After a failure; each one in a row doubles it. */
  readonly pauseMs: number
}

export const READING_PACE: ReadingPace = { pagesATurn: 100, pauseMs: 1_000 }

/** Reads what was uploaded. One instance does; the decoders are those of whoever leads. */
export function readFiles(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  images: ImageStore,
  log: Logger,
  limits?: DecodingLimits,
  { pagesATurn, pauseMs } = READING_PACE,
): Errand {
  const underWay = new Set<Promise<void>>()
  const books = openBooksInTurn(pauseMs)
  let desk: ReadingDesk | undefined
  const looking = errand('read files', LOOK_EVERY_MS, log, async (leading) => {
    if (desk === undefined) return
    for (const bookId of await books.next(db, BOOKS_AT_ONCE_MAX - underWay.size)) {
      const turn = openTurn(pagesATurn, leading, () => books.isAwaited(db))
      books.begin(bookId)
      // Not woken after a failure: that would be repeated without a pause.
      const end = readOne(desk, books, bookId, turn).then((isRead) => {
        underWay.delete(end)
        if (isRead) looking.wake()
      })
      underWay.add(end)
    }
  })
  return {
    wake: looking.wake,
    async run(leading) {
      const decoders = openDecoders(images.incoming, limits)
      desk = { db, ledger, images, decoders, log, leading, tries: new Map() }
      // A page may take a minute; whoever no longer leads must not hold up the next leader.
      leading.addEventListener('abort', () => decoders.close(), { once: true })
      try {
        await looking.run(leading)
        await Promise.all(underWay)
      } finally {
        decoders.close()
      }
    },
  }
}

/** Tells whether nothing failed. */
async function readOne(
  desk: ReadingDesk,
  books: BooksInTurn,
  bookId: string,
  turn: Turn,
): Promise<boolean> {
  try {
    await readBook(desk, bookId, turn)
    if (turn.isOver) await books.madeRoom(bookId, desk.db)
    else books.done(bookId)
    return true
  } catch (err) {
    const failures = books.failed(bookId)
    const isNews = failures === 1 || failures % FAILURES_A_LINE === 0
    if (isNews && !desk.leading.aborted) {
      desk.log.warn({ err, bookId, failures }, 'reading a book will go on where it was')
    }
    return false
  }
}
