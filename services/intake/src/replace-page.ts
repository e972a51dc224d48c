import {
  type replacePage as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import type { Kysely } from 'kysely'
import { lockPageStanding, refusalOf } from './page-standing.ts'
import { receiveFile } from './receive-file.ts'
import type { DB } from './schema.gen.ts'

/** Queues a file whose one page takes the place of a page. That one stays as it is until the file is read. */
export async function replacePage(
  db: Kysely<DB>,
  images: ImageStore,
  { pageId, personId, note, fileName, sha256 }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const standing = await db.transaction().execute((trx) => lockPageStanding(trx, pageId))
  const refusal = refusalOf(standing)
  if (refusal !== undefined) throw new Problem(refusal)
  const { bookId } = standing
  const replacing = { pageId, personId, ...(note === undefined ? {} : { note }) }
  return await receiveFile(db, images, { bookId, fileName, sha256, replacing })
}
