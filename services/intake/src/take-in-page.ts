import { Problem, pageReceived, pageSetAside } from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import type { ImageFacts } from '@songnhap/images'
import type { Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { lockPageStanding, refusalOf } from './page-standing.ts'
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
  /** The page that this one replaces, with who wants that and why. */
  readonly replaces: string | null
  readonly replaced_by: string | null
  readonly replacing_note: string | null
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
      .select(['replaces', 'replaced_by', 'replacing_note'])
      .where('file_id', '=', page.fileId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const isOpen = file.state === 'waiting' || file.state === 'reading'
    if (!isOpen || file.pages_done >= page.pageInFile) return file.state

    const outcome =
      page.outcome instanceof Problem
        ? page.outcome
        : await storePage(change, file, page.pageInFile, page.outcome)
    if (outcome !== undefined) await storeRefusal(trx, page, outcome)
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

/** Gives the Problem of a page that cannot come into its place. */
async function storePage(
  change: Change<DB>,
  file: OpenFile,
  pageInFile: number,
  { sha256, format, width, height, bytes }: ImageFacts,
): Promise<Problem | undefined> {
  const { trx, say } = change
  const { book_id: bookId, campaign_id: campaignId } = file
  const pageId = uuidv7()
  const at = await placeOf(change, file, pageId)
  if (at instanceof Problem) return at
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
      ...at,
      image_sha256: sha256,
      file_id: file.file_id,
      file_sha256: file.sha256,
      page_in_file: pageInFile,
    })
    .execute()
  say(pageReceived, { pageId, bookId, campaignId, sequence: at.sequence, imageSha256: sha256 })
  return undefined
}

/** The next place of the book, or that of the page that is replaced, which is set aside. */
async function placeOf(
  { trx, say }: Change<DB>,
  file: OpenFile,
  pageId: string,
): Promise<{ sequence: number; scan: number } | Problem> {
  const { book_id: bookId, campaign_id: campaignId, replaces, replaced_by: personId } = file
  if (replaces === null || personId === null) {
    return { sequence: await nextSequence(trx, bookId), scan: 1 }
  }
  const old = await lockPageStanding(trx, replaces)
  const refusal = refusalOf(old)
  if (refusal !== undefined) return new Problem(refusal)
  const note = file.replacing_note
  const decision = { page_id: replaces, kind: 'replaced', reason: 'replaced' }
  await trx
    .insertInto('page_decision')
    .values({ ...decision, person_id: personId, note })
    .execute()
  say(pageSetAside, {
    pageId: replaces,
    bookId,
    campaignId,
    personId,
    reason: 'replaced',
    ...(note === null ? {} : { note }),
    replacedBy: pageId,
  })
  return { sequence: old.sequence, scan: old.scan + 1 }
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
