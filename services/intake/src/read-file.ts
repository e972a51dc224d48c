import { Problem } from '@songnhap/contracts'
import type { Examined, ImageStore, MadePage } from '@songnhap/images'
import { forgetBytes } from './bytes-of-file.ts'
import { inOrder } from './in-order.ts'
import { type ReadingDesk, unlessProblem, type WaitingFile } from './reading-desk.ts'
import { takeInPage } from './take-in-page.ts'
import { mayPass, tryLater } from './try-later.ts'
import type { Turn } from './turn.ts'
import { unpackFile } from './unpack-file.ts'

const PAGES_AHEAD_MAX = 6

/**
 * Takes a file that was looked at into its book, page by page. Pages that cannot be read are noted,
 * and the others come in. Broken off, or with its turn over,
 * it goes on behind the last page that came in.
 */
export async function readFile(
  desk: ReadingDesk,
  file: WaitingFile,
  found: Examined | Problem,
  turn: Turn,
): Promise<void> {
  if (found instanceof Problem) return await refuseAtLast(desk, file, found)
  if (file.replaces !== null && !isOnePage(found)) {
    return await refuseAtLast(desk, file, new Problem('FILE_NOT_ONE_PAGE'))
  }
  switch (found.is) {
    case 'picture':
      return await takeIn(desk, file, 1, 1, found.page)
    case 'pages':
      return await readPages(desk, file, found.pages, turn)
    case 'zip': {
      const problem = await unpackFile(desk, file)
      if (problem !== undefined) await refuseAtLast(desk, file, problem)
    }
  }
}

function isOnePage(found: Examined): boolean {
  return found.is === 'picture' || (found.is === 'pages' && found.pages === 1)
}

async function readPages(
  desk: ReadingDesk,
  file: WaitingFile,
  pages: number,
  turn: Turn,
): Promise<void> {
  const { images, decoders } = desk
  const path = await images.pathOfFile(file.sha256)
  const made = inOrder(
    pagesLeft(file, pages),
    PAGES_AHEAD_MAX,
    (page) => unlessProblem(() => decoders.readPage(path, page)),
    (unused) => forget(images, unused),
  )
  for await (const [page, outcome] of made) {
    if (turn.isOver) return await forget(images, outcome)
    if (outcome instanceof Problem && mayPass(outcome)) tryLater(desk, file, outcome)
    await takeIn(desk, file, page, pages, outcome)
    await turn.count()
  }
}

/** Keeps the page's image, then tells of it: a page that was told has its image. */
async function takeIn(
  { db, ledger, images }: ReadingDesk,
  { fileId, sha256 }: WaitingFile,
  pageInFile: number,
  pages: number,
  made: MadePage | Problem,
): Promise<void> {
  const outcome = made instanceof Problem ? made : await images.keepPage(sha256, made)
  const state = await takeInPage(ledger, { fileId, pageInFile, pages, outcome })
  if (state === 'refused') await forgetBytes(db, images, sha256)
}

/** A file of which pages came in could be read before, and may be again. */
async function refuseAtLast(desk: ReadingDesk, file: WaitingFile, problem: Problem): Promise<void> {
  if (file.pagesDone > 0 || mayPass(problem)) tryLater(desk, file, problem)
  await refuseFile(desk, file, problem)
}

async function refuseFile(desk: ReadingDesk, file: WaitingFile, problem: Problem): Promise<void> {
  if (file.pagesDone > 0 && file.pages !== null) {
    for (const page of pagesLeft(file, file.pages)) {
      await takeIn(desk, file, page, file.pages, problem)
    }
    return
  }
  await desk.db
    .updateTable('file')
    .set({ state: 'refused', problem: JSON.stringify(problem.toBody()) })
    .where('file_id', '=', file.fileId)
    .where('state', '=', 'waiting')
    // Sent again meanwhile, it has another place and its own turn.
    .where('place', '=', file.place)
    .execute()
  await forgetBytes(desk.db, desk.images, file.sha256)
}

function pagesLeft({ pagesDone }: WaitingFile, pages: number): number[] {
  return Array.from({ length: pages - pagesDone }, (_, index) => pagesDone + index + 1)
}

async function forget(images: ImageStore, unused: MadePage | Problem): Promise<void> {
  if (!(unused instanceof Problem)) await images.discardPage(unused)
}
