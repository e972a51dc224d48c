/** How often known-answer pages are to be shown, and were. */
import {
  KNOWN_PAGES_MAX,
  type KnownShares,
  Problem,
  type ReplyOf,
  type RequestOf,
  type setKnownShares as sharesContract,
  type readKnownShowings as showingsContract,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

export async function readKnownShowings(
  db: Kysely<DB>,
  campaignId: string,
): Promise<ReplyOf<typeof showingsContract>> {
  const { rows } = await sql<KnownShares>`
    select newcomers, others from known_shares_of(${campaignId}) s`.execute(db)
  const [shares] = rows
  if (shares === undefined) throw new Error('shares are always some')
  const showings = await db
    .selectFrom('known_page')
    .select(['page_id as pageId', 'showings as shown'])
    .where('campaign_id', '=', campaignId)
    .limit(KNOWN_PAGES_MAX)
    .execute()
  return { shares, showings }
}

/** For pages that are given from now on. */
export async function setKnownShares(
  db: Kysely<DB>,
  { campaignId, personId, newcomers, others }: RequestOf<typeof sharesContract>,
): Promise<ReplyOf<typeof sharesContract>> {
  const { rows } = await sql`
    insert into known_share (campaign_id, newcomers, others, set_by)
    select campaign_id, ${newcomers}, ${others}, ${personId} from campaign
    where campaign_id = ${campaignId} returning campaign_id`.execute(db)
  if (rows.length === 0) throw new Problem('NOT_FOUND')
  return { newcomers, others }
}
