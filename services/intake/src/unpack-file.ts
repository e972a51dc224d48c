import { Problem } from '@songnhap/contracts'
import type { ImageStore, Unpacked } from '@songnhap/images'
import type { Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { findTaken, forgetBytes, lockBytes } from './bytes-of-file.ts'
import { type ReadingDesk, unlessProblem, type WaitingFile } from './reading-desk.ts'
import type { DB } from './schema.gen.ts'

/**
 * Makes every file in a ZIP a file of the book, behind the ZIP and before what came later. Broken
 * off, it is done again from the start, and what is there already stays as it is. Gives the Problem
 * of a ZIP that cannot be unpacked.
 */
export async function unpackFile(
  desk: ReadingDesk,
  zip: WaitingFile,
): Promise<Problem | undefined> {
  const { db, images, decoders } = desk
  const unpacked = await unlessProblem(async () =>
    decoders.unpack(await images.pathOfFile(zip.sha256)),
  )
  if (unpacked instanceof Problem) return unpacked
  for (const [index, one] of unpacked.entries()) {
    await db.transaction().execute((trx) => storeEntry(trx, images, zip, index + 1, one))
  }
  await db
    .updateTable('file')
    .set({ state: 'unpacked', pages: unpacked.length })
    .where('file_id', '=', zip.fileId)
    .execute()
  // What was in it is kept, each file for itself.
  await forgetBytes(db, images, zip.sha256)
  return undefined
}

async function storeEntry(
  trx: Transaction<DB>,
  images: ImageStore,
  { fileId, campaignId, bookId, place }: WaitingFile,
  entry: number,
  one: Unpacked,
): Promise<void> {
  await trx
    .insertInto('file')
    .values({
      file_id: uuidv7(),
      campaign_id: campaignId,
      book_id: bookId,
      place,
      entry,
      inside: fileId,
      name: one.name,
      ...(await stateOf(trx, images, campaignId, one)),
    })
    .onConflict((conflict) => conflict.columns(['place', 'entry']).doNothing())
    .execute()
}

async function stateOf(
  trx: Transaction<DB>,
  images: ImageStore,
  campaignId: string,
  one: Unpacked,
) {
  if ('problem' in one) {
    return { sha256: '', state: 'refused', problem: JSON.stringify(one.problem) }
  }
  const { sha256 } = one
  await lockBytes(trx, sha256)
  const taken = await findTaken(trx, campaignId, sha256)
  if (taken === undefined) {
    await images.keepFile(sha256)
    return { sha256, state: 'waiting' }
  }
  await images.discard(sha256)
  return { sha256, state: 'duplicate', duplicate_of: taken }
}
