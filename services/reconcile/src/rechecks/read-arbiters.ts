import type { readArbiters as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import { readCounts, total } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { arbiterFigures, type RulingTimes } from './arbiter-figures.ts'

/** The latest submissions of a person say enough. */
const SUBMISSIONS_LOOKED_AT_MAX = 500
/** What only arbiters are counted by. */
const OF_ARBITERS: ReadonlySet<string> = new Set(['rulings', 'chose', 'second-checked'])
const NOT_TIMED: RulingTimes = { medianSeconds: null, timedSubmissions: 0 }

/** How well the arbiters of a campaign rule, by id, whoever ruled there at all. */
export async function readArbiters(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const counts = await readCounts(db, campaignId)
  const ids = counts.filter(({ measure }) => OF_ARBITERS.has(measure)).map(({ subject }) => subject)
  const arbiterIds = [...new Set(ids)].sort()
  const times = await selectTimes(db, campaignId, arbiterIds)
  return {
    arbiters: arbiterIds.map((arbiterId) => {
      const own = counts.filter(({ subject }) => subject === arbiterId)
      const amountOf = (measure: string) => total(own, measure)
      return arbiterFigures(arbiterId, amountOf, times.get(arbiterId) ?? NOT_TIMED)
    }),
  }
}

/** A submission has one time for all that is ruled in it. */
async function selectTimes(
  db: Kysely<DB>,
  campaignId: string,
  arbiterIds: readonly string[],
): Promise<ReadonlyMap<string, RulingTimes>> {
  const { rows } = await sql<RulingTimes & { arbiterId: string }>`
    select a.person_id as "arbiterId", count(*)::int as "timedSubmissions",
      percentile_cont(.5) within group (order by t.seconds / t.rulings) as "medianSeconds"
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
  return new Map(rows.map(({ arbiterId, ...times }) => [arbiterId, times]))
}
