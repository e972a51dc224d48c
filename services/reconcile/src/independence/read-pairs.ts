import { fitIntoReply } from '@songnhap/bus'
import type { readPairs as contract, ReplyOf, RequestOf, Review } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { judgeCampaign } from './judge-campaign.ts'
import { inOrderOfInterest } from './judge-pairs.ts'

const PAIRS_A_CALL_MAX = 300

/** As the figures are at this moment; held against all campaigns of the same form. */
export async function readPairs(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { frame, pairs } = await judgeCampaign(db, campaignId)
  const here = inOrderOfInterest(pairs.filter((one) => one.campaignId === campaignId))
  const reviews = await selectStates(db, campaignId)
  const told = here.slice(0, PAIRS_A_CALL_MAX).map(({ figures }) => {
    const review = reviews.get(figures.members.map(({ personId }) => personId).join(' '))
    return { ...figures, ...(review === undefined ? {} : { review }) }
  })
  const { fitting, more } = fitIntoReply(told)
  return { frame, pairs: fitting, more: more || here.length > told.length }
}

type State = Pick<Review, 'reviewId' | 'state'>

async function selectStates(
  db: Kysely<DB>,
  campaignId: string,
): Promise<ReadonlyMap<string, State>> {
  const { rows } = await sql<State & { first: string; second: string }>`
    select r.first, r.second, r.review_id as "reviewId", (
      select coalesce(outcome, 'open') from review_event e
      where e.review_id = r.review_id and e.kind <> 'noted'
      order by number desc limit 1) as state
    from review r where r.campaign_id = ${campaignId}`.execute(db)
  return new Map(rows.map(({ first, second, ...state }) => [`${first} ${second}`, state] as const))
}
