import type { readArbiters as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import { momentIn, readCounts, total } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import { arbitersOf } from '../accuracy/arbiter-figures.ts'
import type { DB } from '../schema.gen.ts'
import { arbiterChecks } from './arbiter-checks.ts'

/** The latest submissions of a person say enough. */
const SUBMISSIONS_LOOKED_AT_MAX = 500

/** How well the arbiters of a campaign rule, by id. */
export async function readArbiters(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const asOf = (await momentIn(db, 0)).toISOString()
  const counts = await readCounts(db, [campaignId])
  const cutOff = { asOf, truth: total(counts, 'settlings') }
  const arbiters = arbitersOf(counts, cutOff)
  const medians = await selectMedians(
    db,
    campaignId,
    arbiters.map(({ arbiterId }) => arbiterId),
  )
  const bySubject = Map.groupBy(counts, ({ subject }) => subject)
  return {
    arbiters: arbiters.map((figures) => {
      const own = bySubject.get(figures.arbiterId) ?? []
      const median = medians.get(figures.arbiterId) ?? null
      return arbiterChecks(figures, (measure) => total(own, measure), median, cutOff)
    }),
  }
}

/** A submission has one time for all that is ruled in it. */
async function selectMedians(
  db: Kysely<DB>,
  campaignId: string,
  arbiterIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ arbiterId: string; seconds: number }>`
    select a.person_id as "arbiterId",
      percentile_cont(.5) within group (order by t.seconds / t.rulings) as seconds
    from unnest(${arbiterIds}::uuid[]) as a (person_id), lateral (
      select seconds, (select count(*) from (
          select from ruling r where r.submission_id = l.submission_id
          union all select from panel_ruling r where r.submission_id = l.submission_id
          union all select from recheck_ruling r where r.submission_id = l.submission_id
        ) made) as rulings
      from ruling_time l
      where l.person_id = a.person_id and l.campaign_id = ${campaignId}
      order by ruled_at desc limit ${SUBMISSIONS_LOOKED_AT_MAX}) t
    where t.rulings > 0
    group by a.person_id`.execute(db)
  return new Map(rows.map(({ arbiterId, seconds }) => [arbiterId, seconds]))
}
