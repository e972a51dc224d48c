import {
  type receiveFile as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import { type Kysely, sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { findTaken, lockBytes } from './bytes-of-file.ts'
import { readBookFile } from './list-files.ts'
import type { DB } from './schema.gen.ts'

interface Receiving extends RequestOf<typeof contract> {
  /** The page in whose place the file's page comes, and who wants that. */
  readonly replacing?: {
    readonly pageId: string
    readonly personId: string
    readonly note?: string
  }
}

const NEXT_PLACE = sql<number>`nextval('file_place')`

/**
 * Puts an uploaded file into its book's queue. The same bytes again in the same campaign add nothing,
 * and are reported; a file that was refused is tried again.
 */
export async function receiveFile(
  db: Kysely<DB>,
  images: ImageStore,
  request: Receiving,
): Promise<ReplyOf<typeof contract>> {
  const { bookId, sha256 } = request
  const reply = await db.transaction().execute(async (trx) => {
    const campaignId = await campaignOf(trx, bookId)
    await lockBytes(trx, sha256)
    const taken = await findTaken(trx, campaignId, sha256)
    if (taken !== undefined) {
      return { outcome: 'duplicate' as const, of: await readBookFile(trx, taken) }
    }
    await images.keepFile(sha256)
    const fileId =
      (await queueRefused(trx, request)) ?? (await queueNew(trx, { ...request, campaignId }))
    return { outcome: 'accepted' as const, fileId }
  })
  if (reply.outcome === 'duplicate') await images.discard(sha256)
  return reply
}

async function campaignOf(trx: Transaction<DB>, bookId: string): Promise<string> {
  const book = await trx
    .selectFrom('book')
    .select('campaign_id')
    .where('book_id', '=', bookId)
    .executeTakeFirst()
  if (book === undefined) throw new Problem('NOT_FOUND')
  return book.campaign_id
}

/**
 * What is sent again after a refusal is that file once more, as if it had come only now. Its row stays:
 * others may point to it, as the files that were in it and the copies of it in a ZIP.
 */
async function queueRefused(
  trx: Transaction<DB>,
  { bookId, fileName, sha256, replacing }: Receiving,
): Promise<string | undefined> {
  const refused = await trx
    .selectFrom('file')
    .select('file_id')
    .where('book_id', '=', bookId)
    .where('sha256', '=', sha256)
    .where('name', '=', fileName)
    .where('state', '=', 'refused')
    .where('inside', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (refused === undefined) return undefined
  await trx.deleteFrom('refused_page').where('file_id', '=', refused.file_id).execute()
  await trx
    .updateTable('file')
    .set({ state: 'waiting', place: NEXT_PLACE, problem: null, pages: null, pages_done: 0 })
    .set(columnsOf(replacing))
    .where('file_id', '=', refused.file_id)
    .execute()
  return refused.file_id
}

async function queueNew(
  trx: Transaction<DB>,
  { campaignId, bookId, fileName, sha256, replacing }: Receiving & { campaignId: string },
): Promise<string> {
  const fileId = uuidv7()
  await trx
    .insertInto('file')
    .values({
      file_id: fileId,
      campaign_id: campaignId,
      book_id: bookId,
      place: NEXT_PLACE,
      sha256,
      name: fileName,
      state: 'waiting',
      ...columnsOf(replacing),
    })
    .execute()
  return fileId
}

function columnsOf(replacing: Receiving['replacing']) {
  return {
    replaces: replacing?.pageId ?? null,
    replaced_by: replacing?.personId ?? null,
    replacing_note: replacing?.note ?? null,
  }
}
