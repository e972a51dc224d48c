import { type Errand, errand, type Ledger } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import type { DB } from '../schema.gen.ts'
import { foldPairs } from './count-pairs.ts'
import { openReviews } from './open-reviews.ts'

const WATCH_EVERY_MS = 30_000
/** Deltas are folded in portions; so many a look. */
const PORTIONS_MAX = 100

/** Folds the counts of pairs, and looks at the pairs of all campaigns in whose form something was counted. */
export function watchPairs(db: Kysely<DB>, ledger: Ledger<DB>, log: Logger): Errand {
  // What was folded before a restart may not have been looked at.
  let looked = false
  return errand('watch pairs', WATCH_EVERY_MS, log, async (leading) => {
    const counted = new Set<string>(looked ? [] : await selectCounted(db))
    for (let portion = 0; portion < PORTIONS_MAX; portion += 1) {
      const { campaignIds, more } = await foldPairs(db)
      for (const campaignId of campaignIds) counted.add(campaignId)
      if (!more) break
    }
    for (const campaignId of await oneOfEachForm(db, [...counted])) {
      if (leading.aborted) return
      await ledger.change((change) => openReviews(change, campaignId))
    }
    looked = true
  })
}

async function selectCounted(db: Kysely<DB>): Promise<string[]> {
  const rows = await db.selectFrom('pair_tally').select('campaign_id').distinct().execute()
  return rows.map((row) => row.campaign_id)
}

async function oneOfEachForm(db: Kysely<DB>, campaignIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`
    select distinct on (form ->> 'name') campaign_id from campaign_form
    where campaign_id = any (${campaignIds}::uuid[])
    order by form ->> 'name', campaign_id`.execute(db)
  return rows.map((row) => row.campaign_id)
}
