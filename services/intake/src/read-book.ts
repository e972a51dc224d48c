import { Problem } from '@songnhap/contracts'
import type { Examined, ImageStore } from '@songnhap/images'
import type { Kysely } from 'kysely'
import { inOrder } from './in-order.ts'
import { readFile } from './read-file.ts'
import { type ReadingDesk, unlessProblem, type WaitingFile } from './reading-desk.ts'
import type { DB } from './schema.gen.ts'
import type { Turn } from './turn.ts'

/** Files looked at beside the one that is next, so that no decoder waits for a transaction. */
const AHEAD_MAX = 6
const FILES_A_QUERY = 100
const MOVED_TRIES_MAX = 2

/**
 * Reads the waiting files of a book in their order, until its turn is over. What is wrong with a file
 * is its outcome, and the next one goes on; thrown is what may pass, and then the book is read on from
 * here.
 */
export async function readBook(desk: ReadingDesk, bookId: string, turn: Turn): Promise<void> {
  let more = true
  while (more && !turn.isOver) more = await readOn(desk, bookId, turn)
}

/** Tells whether to begin anew: what was in a ZIP comes before files that are looked at already. */
async function readOn(desk: ReadingDesk, bookId: string, turn: Turn): Promise<boolean> {
  const looked = inOrder(
    waitingFiles(desk.db, bookId),
    AHEAD_MAX,
    (file) => examine(desk, file),
    (unused) => forget(desk.images, unused),
  )
  for await (const [file, found] of looked) {
    if (turn.isOver) {
      await forget(desk.images, found)
      return false
    }
    await readFile(desk, file, found, turn)
    desk.tries.delete(file.fileId)
    await turn.count()
    if (!(found instanceof Problem) && found.is === 'zip') return true
  }
  return false
}

async function* waitingFiles(db: Kysely<DB>, bookId: string): AsyncGenerator<WaitingFile> {
  let last = { place: 0, entry: 0 }
  for (;;) {
    const files = await db
      .selectFrom('file')
      .select(['file_id as fileId', 'campaign_id as campaignId', 'book_id as bookId'])
      .select(['place', 'entry', 'sha256', 'pages', 'pages_done as pagesDone', 'replaces'])
      .where('book_id', '=', bookId)
      .where('state', 'in', ['waiting', 'reading'])
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('place', 'entry'), '>', tuple(last.place, last.entry)),
      )
      .orderBy('place')
      .orderBy('entry')
      .limit(FILES_A_QUERY)
      .execute()
    yield* files
    const end = files.at(-1)
    if (end === undefined) return
    last = end
  }
}

async function examine(
  { images, decoders }: ReadingDesk,
  { sha256 }: WaitingFile,
): Promise<Examined | Problem> {
  for (let tries = 1; ; tries++) {
    const found = await unlessProblem(async () => decoders.examine(await images.pathOfFile(sha256)))
    // A picture that another campaign has too may have moved meanwhile, to be a page image.
    const isLost = found instanceof Problem && found.code === 'FILE_LOST'
    if (!isLost || tries >= MOVED_TRIES_MAX) return found
  }
}

async function forget(images: ImageStore, unused: Examined | Problem): Promise<void> {
  if (unused instanceof Problem || unused.is !== 'picture') return
  await images.discardPage(unused.page)
}
