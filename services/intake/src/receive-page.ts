import {
  type receivePage as contract,
  type Page,
  Problem,
  pageReceived,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import type { ImageFacts, ImageStore } from '@songnhap/images'
import type { Kysely, Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { DB } from './schema.gen.ts'

/**
 * Takes an uploaded scan into a book as its next page: checks that it is an image, makes the display
 * copies, says the page. The same scan again in the same campaign adds nothing, and is reported.
 */
export async function receivePage(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  images: ImageStore,
  request: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { bookId, sha256 } = request
  const campaignId = await campaignOf(db, bookId)
  const known = await findPage(db, campaignId, sha256)
  if (known !== undefined) {
    await images.discard(sha256)
    return { outcome: 'duplicate', page: known }
  }
  // Outside the transaction: decoding a scan takes long, and keeping the same image twice is cheap.
  const facts = await images.keep(sha256)
  return await ledger.change(async ({ trx, say }) => {
    await lockCampaign(trx, campaignId)
    const twin = await findPage(trx, campaignId, sha256)
    if (twin !== undefined) return { outcome: 'duplicate' as const, page: twin }

    const sequence = await nextSequence(trx, bookId)
    const page = { pageId: uuidv7(), bookId, sequence, fileName: request.fileName }
    await storePage(trx, campaignId, page, facts)
    say(pageReceived, { pageId: page.pageId, bookId, campaignId, sequence, imageSha256: sha256 })
    return { outcome: 'received' as const, page }
  })
}

async function campaignOf(db: Kysely<DB>, bookId: string): Promise<string> {
  const book = await db
    .selectFrom('book')
    .select('campaign_id')
    .where('book_id', '=', bookId)
    .executeTakeFirst()
  if (book === undefined) throw new Problem('NOT_FOUND')
  return book.campaign_id
}

async function findPage(
  db: Kysely<DB>,
  campaignId: string,
  sha256: string,
): Promise<Page | undefined> {
  return await db
    .selectFrom('page')
    .select(['page_id as pageId', 'book_id as bookId', 'sequence', 'file_name as fileName'])
    .where('campaign_id', '=', campaignId)
    .where('image_sha256', '=', sha256)
    .executeTakeFirst()
}

/** Two arrivals of one scan at once: the second one waits here, and then finds the first. */
async function lockCampaign(trx: Transaction<DB>, campaignId: string): Promise<void> {
  await trx
    .selectFrom('campaign')
    .select('campaign_id')
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .executeTakeFirstOrThrow()
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

async function storePage(
  trx: Transaction<DB>,
  campaignId: string,
  { pageId, bookId, sequence, fileName }: Page,
  { sha256, format, width, height, bytes }: ImageFacts,
): Promise<void> {
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
      file_name: fileName,
    })
    .execute()
}
