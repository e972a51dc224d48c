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

/**
 * Puts an uploaded file into its book's queue. The same bytes again in the same campaign add nothing,
 * and are reported; a file that was refused is tried again.
 */
export async function receiveFile(
  db: Kysely<DB>,
  images: ImageStore,
  request: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { bookId, fileName: name, sha256 } = request
  const reply = await db.transaction().execute(async (trx) => {
    const campaignId = await campaignOf(trx, bookId)
    await lockBytes(trx, sha256)
    const taken = await findTaken(trx, campaignId, sha256)
    if (taken !== undefined) {
      return { outcome: 'duplicate' as const, of: await readBookFile(trx, taken) }
    }
    await images.keepFile(sha256)
    await forgetRefused(trx, bookId, name, sha256)
    const fileId = uuidv7()
    await trx
      .insertInto('file')
      .values({
        file_id: fileId,
        campaign_id: campaignId,
        book_id: bookId,
        place: sql`nextval('file_place')`,
        sha256,
        name,
        state: 'waiting',
      })
      .execute()
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

/** What is sent again after a refusal takes the place of that refusal in the list. */
async function forgetRefused(
  trx: Transaction<DB>,
  bookId: string,
  name: string,
  sha256: string,
): Promise<void> {
  const refused = await trx
    .selectFrom('file')
    .select('file_id')
    .where('book_id', '=', bookId)
    .where('sha256', '=', sha256)
    .where('name', '=', name)
    .where('state', '=', 'refused')
    .where('inside', 'is', null)
    .execute()
  const ids = refused.map((row) => row.file_id)
  if (ids.length === 0) return
  await trx.deleteFrom('refused_page').where('file_id', 'in', ids).execute()
  await trx.deleteFrom('file').where('file_id', 'in', ids).execute()
}
