import type { ImageStore } from '@songnhap/images'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

/** Whose bytes are kept. */
export const WANTED = ['waiting', 'reading', 'received']

/** Until the transaction ends, nobody else takes in or forgets a file of these bytes. */
export async function lockBytes(trx: Transaction<DB>, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`file ${sha256}`}, 0))`.execute(trx)
}

/** The file of a campaign with these bytes that is or will be pages. */
export async function findTaken(
  trx: Transaction<DB>,
  campaignId: string,
  sha256: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('file')
    .select('file_id')
    .where('campaign_id', '=', campaignId)
    .where('sha256', '=', sha256)
    .where('state', 'not in', ['duplicate', 'refused'])
    .executeTakeFirst()
  return row?.file_id
}

/** Forgets bytes that have become no page, unless another campaign still has to do with them. */
export async function forgetBytes(
  db: Kysely<DB>,
  images: ImageStore,
  sha256: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockBytes(trx, sha256)
    const wanted = await trx
      .selectFrom('file')
      .select('file_id')
      .where('sha256', '=', sha256)
      .where('state', 'in', WANTED)
      .limit(1)
      .executeTakeFirst()
    if (wanted === undefined) await images.forgetFile(sha256)
  })
}
