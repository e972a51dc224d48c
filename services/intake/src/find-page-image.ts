import {
  type findPageImage as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import type { DB } from './schema.gen.ts'

export async function findPageImage(
  db: Kysely<DB>,
  { pageId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const page = await db
    .selectFrom('page')
    .select('image_sha256 as sha256')
    .where('page_id', '=', pageId)
    .executeTakeFirst()
  if (page === undefined) throw new Problem('NOT_FOUND')
  return page
}
