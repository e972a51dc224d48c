import { type Errand, errand, type Ledger } from '@songnhap/database'
import { type DecodingLimits, type ImageStore, openDecoders } from '@songnhap/images'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { readBook } from './read-book.ts'
import type { ReadingDesk } from './reading-desk.ts'
import type { DB } from './schema.gen.ts'

const LOOK_EVERY_MS = 1_000
/** The files of one book are read in order, different books side by side. */
const BOOKS_AT_ONCE_MAX = 4

/** Reads what was uploaded. One instance does; the decoders are those of whoever leads. */
export function readFiles(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  images: ImageStore,
  log: Logger,
  limits?: DecodingLimits,
): Errand {
  const reading = new Map<string, Promise<void>>()
  let desk: ReadingDesk | undefined
  const looking = errand('read files', LOOK_EVERY_MS, log, async (leading) => {
    if (desk === undefined) return
    for (const bookId of await waitingBooks(db, [...reading.keys()])) {
      const end = readOne(desk, bookId, leading, log).finally(() => {
        reading.delete(bookId)
        looking.wake()
      })
      reading.set(bookId, end)
    }
  })
  return {
    wake: looking.wake,
    async run(leading) {
      const decoders = openDecoders(images.incoming, limits)
      desk = { db, ledger, images, decoders }
      // A page may take a minute; whoever no longer leads must not hold up the next leader.
      leading.addEventListener('abort', () => decoders.close(), { once: true })
      try {
        await looking.run(leading)
        await Promise.all(reading.values())
      } finally {
        decoders.close()
      }
    },
  }
}

async function readOne(
  desk: ReadingDesk,
  bookId: string,
  leading: AbortSignal,
  log: Logger,
): Promise<void> {
  try {
    await readBook(desk, bookId, leading)
  } catch (err) {
    if (!leading.aborted) log.warn({ err, bookId }, 'reading a book will go on where it was')
  }
}

async function waitingBooks(db: Kysely<DB>, reading: readonly string[]): Promise<string[]> {
  const free = BOOKS_AT_ONCE_MAX - reading.length
  if (free <= 0) return []
  let query = db
    .selectFrom('file')
    .select('book_id')
    .where('state', 'in', ['waiting', 'reading'])
    .groupBy('book_id')
    .orderBy(({ fn }) => fn.min('place'))
    .limit(free)
  if (reading.length > 0) query = query.where('book_id', 'not in', reading)
  return (await query.execute()).map((row) => row.book_id)
}
