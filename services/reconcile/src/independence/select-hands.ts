import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import type { Pair } from './pair-of.ts'

/** The latest pages of a person say how he or she types, by the input method of these days. */
const PAGES_MAX = 500

/** Of readings long enough to tell, those pasted or typed quicker than hands can (Q21, K78). */
export interface Hands {
  readonly together: { readonly odd: number; readonly long: number }
  readonly elsewhere: { readonly odd: number; readonly long: number }
}

/** Of both people, on the pages that they share and on their latest other ones. */
export async function selectHands(
  db: Kysely<DB>,
  campaignId: string,
  { first, second }: Pair,
): Promise<Hands[]> {
  const { rows } = await sql<Hands>`
    select
      json_build_object('odd', coalesce(sum(odd) filter (where shared), 0),
        'long', coalesce(sum(long) filter (where shared), 0)) as together,
      json_build_object('odd', coalesce(sum(odd) filter (where not shared), 0),
        'long', coalesce(sum(long) filter (where not shared), 0)) as elsewhere
    from unnest(${[first, second]}::uuid[]) as o (typist) cross join lateral (
      select s.shared, (r.effort #>> '{hands,long}')::int as long,
        (r.effort #>> '{hands,pasted}')::int + (r.effort #>> '{hands,hurried}')::int as odd
      from (
        (select page_id, true as shared from pair_page
          where campaign_id = ${campaignId} and first = ${first} and second = ${second}
          order by page_id desc limit ${PAGES_MAX})
        union all
        (select page_id, false from judged_page j
          where j.campaign_id = ${campaignId} and j.typist = o.typist and not exists (
            select from pair_page p where p.page_id = j.page_id and p.campaign_id = ${campaignId}
              and p.first = ${first} and p.second = ${second})
          order by keyed_at desc, page_id limit ${PAGES_MAX})) s
        join reading r on r.page_id = s.page_id and r.person_id = o.typist
      where r.turn = 1 and r.pass is not null and r.effort -> 'hands' is not null) readings
    group by o.typist`.execute(db)
  return rows
}
