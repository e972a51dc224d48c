import {
  type findOwnImage as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'

/** For one who keyed the page, once it is settled: before, its image is for the holder of its lease alone. */
export async function findOwnImage(
  db: Kysely<DB>,
  { personId, pageId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<{ sha256: string }>`
    select p.image_sha256 as sha256 from page p
    where p.page_id = ${pageId}
      and exists (select from reading r
        where r.page_id = p.page_id and r.person_id = ${personId} and r.pass is not null)
      and exists (select from settled_page s where s.page_id = p.page_id)`.execute(db)
  const [page] = rows
  if (page === undefined) throw new Problem('NOT_FOUND')
  return page
}
