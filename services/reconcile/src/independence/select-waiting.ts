import { type Kysely, sql } from 'kysely'
import { AWAITED_READINGS } from '../awaited-readings.ts'
import type { DB } from '../schema.gen.ts'
import type { LoadedPair } from './load-pairs.ts'

type Keyed = Pick<LoadedPair, 'campaignId' | 'members'>

/** How many pages that these pairs keyed wait for an arbiter or a further reading, by `pairKey`. */
export async function selectWaiting(
  db: Kysely<DB>,
  pairs: readonly Keyed[],
): Promise<ReadonlyMap<string, number>> {
  const campaignIds = [...new Set(pairs.map(({ campaignId }) => campaignId))]
  const { rows } = await sql<{ key: string; pages: number }>`
    with suspect as (
      select * from unnest(${pairs.map(pairKey)}::text[],
        ${pairs.map(({ campaignId }) => campaignId)}::uuid[],
        ${pairs.map(({ members }) => members[0])}::uuid[],
        ${pairs.map(({ members }) => members[1])}::uuid[]) as s (key, campaign_id, first, second)
    ), waiting as (
      select page_id from open_arbitration where seat = 0
      union select page_id from ${AWAITED_READINGS} awaited
    )
    select s.key, count(*)::int as pages
    from waiting join page p using (page_id)
      join reading a on a.page_id = p.page_id and a.pass is not null and a.turn = 1
      join reading b on b.page_id = p.page_id and b.pass is not null and b.turn = 1
      join suspect s on s.campaign_id = p.campaign_id
        and s.first = a.person_id and s.second = b.person_id
    where p.campaign_id = any (${campaignIds}::uuid[])
    group by s.key`.execute(db)
  return new Map(rows.map(({ key, pages }) => [key, pages]))
}

interface Named {
  readonly campaignId: string
  readonly members: readonly string[]
}

export function pairKey({ campaignId, members }: Named): string {
  return [campaignId, ...members].join(' ')
}
