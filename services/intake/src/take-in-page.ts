import { type Problem, pageReceived } from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import type { ImageFacts } from '@songnhap/images'
import type { Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { DB } from './schema.gen.ts'

/** One page of a file, made and kept; or why it could not be. */
export interface PageOutcome {
  readonly fileId: string
  readonly pageInFile: number
  /** Of the whole file. */
  readonly pages: number
  readonly outcome: ImageFacts | Problem
}

interface OpenFile {
  readonly file_id: string
  readonly campaign_id: string
  readonly book_id: string
  readonly sha256: string
}

/**
 * Gives a page its place in the book and says it, or notes why it has none; with the last page, the
 * file is done. All in one transaction, and once: a page that was taken in already changes nothing.
 * Tells what became of the file.
 */
export async function takeInPage(ledger: Ledger<DB>, page: PageOutcome): Promise<string> {
  return await ledger.change(async (change) => {
    const { trx } = change
    const file = await trx
      .selectFrom('file')
      .select(['file_id', 'campaign_id', 'book_id', 'sha256', 'state', 'pages_done'])
      .where('file_id', '=', page.fileId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const isOpen = file.state === 'waiting' || file.state === 'reading'
    if (!isOpen || file.pages_done >= page.pageInFile) return file.state

    if (page.outcome instanceof Error) await storeRefusal(trx, page, page.outcome)
    else await storePage(change, file, page.pageInFile, page.outcome)
    const state = await stateAfter(trx, page)
    await trx
      .updateTable('file')
      .set({ pages: page.pages, pages_done: page.pageInFile, ...state })
      .where('file_id', '=', page.fileId)
      .execute()
    return state.state
  })
}

/** A file of which no page could be read is refused for the reason of its first one. */
async function stateAfter(trx: Transaction<DB>, { fileId, pageInFile, pages }: PageOutcome) {
  if (pageInFile < pages) return { state: 'reading' }
  const refused = await trx
    .selectFrom('refused_page')
    .select('problem')
    .where('file_id', '=', fileId)
    .orderBy('page_in_file')
    .execute()
  if (refused.length < pages) return { state: 'received' }
  return { state: 'refused', problem: JSON.stringify(refused[0]?.problem) }
}

async function storeRefusal(
  trx: Transaction<DB>,
  { fileId, pageInFile }: PageOutcome,
  problem: Problem,
): Promise<void> {
  await trx
    .insertInto('refused_page')
    .values({
      file_id: fileId,
      page_in_file: pageInFile,
      problem: JSON.stringify(problem.toBody()),
    })
    .execute()
}

async function storePage(
  { trx, say }: Change<DB>,
  file: OpenFile,
  pageInFile: number,
  { sha256, format, width, height, bytes }: ImageFacts,
): Promise<void> {
  const { book_id: bookId, campaign_id: campaignId } = file
  const sequence = await nextSequence(trx, bookId)
  const pageId = uuidv7()
  await trx
    .insertInto('image')
    .values({ sha256, format, width, height, bytes })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
  await trx
    .insertInto('page')
    .values({
      page_id: pageId,
      campaign_id: campaignId,
      book_id: bookId,
      sequence,
      image_sha256: sha256,
      file_id: file.file_id,
      file_sha256: file.sha256,
      page_in_file: pageInFile,
    })
    .execute()
  say(pageReceived, { pageId, bookId, campaignId, sequence, imageSha256: sha256 })
}

/** Counts the page in. */
async function nextSequence(trx: Transaction<DB>, bookId: string): Promise<number> {
  const { pages } = await trx
    .updateTable('book')
    .set(({ eb }) => ({ pages: eb('pages', '+', 1) }))
    .where('book_id', '=', bookId)
    .returning('pages')
    .executeTakeFirstOrThrow()
  return pages
}
