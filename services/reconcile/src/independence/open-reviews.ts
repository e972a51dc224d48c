import { type PairFigures, type PairFrame, reviewOpened } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { type Kysely, sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { DB } from '../schema.gen.ts'
import { judgeCampaign } from './judge-campaign.ts'
import { isMuchMore, type JudgedPair, signalOfHands, signalOfTimes } from './judge-pairs.ts'
import type { Pair } from './pair-of.ts'
import { selectHands } from './select-hands.ts'

/** So many pages back the moments of both entries are looked at. */
const PAGES_TIMED_MAX = 500

/** What was found of a pair when its review was opened. */
export interface Evidence {
  readonly frame: PairFrame
  readonly pair: PairFigures
}

/**
 * Looks at all pairs of the campaigns with this campaign's form, and opens a review of each that stands
 * out: once, and again only with much more evidence than when it was opened last.
 */
export async function openReviews(
  change: Pick<Change<DB>, 'trx' | 'say'>,
  campaignId: string,
): Promise<void> {
  const { frame, pairs } = await judgeCampaign(change.trx, campaignId)
  for (const pair of pairs) if (pair.figures.flagged) await openReview(change, frame, pair)
}

async function openReview(
  { trx, say }: Pick<Change<DB>, 'trx' | 'say'>,
  frame: PairFrame,
  { campaignId, figures }: JudgedPair,
): Promise<void> {
  const [first = '', second = ''] = figures.members.map(({ personId }) => personId)
  const known = await selectLast(trx, campaignId, { first, second })
  if (known !== null && (known.isOpen || !isMuchMore(known.evidence.pair, figures))) return
  const reviewId = known?.reviewId ?? (await insertReview(trx, campaignId, { first, second }))
  // Another look has opened it at the same moment.
  if (reviewId === null) return
  const moments = await selectMoments(trx, campaignId, { first, second })
  const hands = await selectHands(trx, campaignId, { first, second })
  const signals = [...signalOfTimes(moments), ...figures.signals, ...signalOfHands(hands)]
  const evidence: Evidence = { frame, pair: { ...figures, signals } }
  await trx
    .insertInto('review_event')
    .values({
      review_id: reviewId,
      number: (known?.number ?? 0) + 1,
      kind: 'opened',
      evidence: JSON.stringify(evidence),
    })
    .execute()
  say(reviewOpened, { reviewId, campaignId, personIds: [first, second], again: known !== null })
}

interface Last {
  readonly reviewId: string
  readonly number: number
  readonly isOpen: boolean
  readonly evidence: Evidence
}

async function selectLast(
  trx: Transaction<DB>,
  campaignId: string,
  { first, second }: Pair,
): Promise<Last | null> {
  await sql`
    select from review where campaign_id = ${campaignId} and first = ${first} and second = ${second}
    for update`.execute(trx)
  const { rows } = await sql<Last>`
    select r.review_id as "reviewId",
      (select max(number) from review_event e where e.review_id = r.review_id) as number,
      (select kind = 'opened' from review_event e where e.review_id = r.review_id
        and kind <> 'noted' order by number desc limit 1) as "isOpen",
      (select evidence from review_event e where e.review_id = r.review_id
        and kind = 'opened' order by number desc limit 1) as evidence
    from review r where campaign_id = ${campaignId} and first = ${first} and second = ${second}`.execute(
    trx,
  )
  return rows[0] ?? null
}

async function insertReview(
  trx: Transaction<DB>,
  campaign_id: string,
  pair: Pair,
): Promise<string | null> {
  const review_id = uuidv7()
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('review')
    .values({ review_id, campaign_id, ...pair })
    .onConflict((conflict) => conflict.columns(['campaign_id', 'first', 'second']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n ? review_id : null
}

/** When both entries of the pair's last pages came, the one of `first` first. */
async function selectMoments(
  db: Kysely<DB>,
  campaignId: string,
  { first, second }: Pair,
): Promise<[number, number][]> {
  const { rows } = await sql<{ one: Date; other: Date }>`
    select a.keyed_at as one, b.keyed_at as other
    from (select page_id from pair_page
          where campaign_id = ${campaignId} and first = ${first} and second = ${second}
          order by page_id desc limit ${PAGES_TIMED_MAX}) p
      join reading a on a.page_id = p.page_id and a.person_id = ${first} and a.turn = 1
      join reading b on b.page_id = p.page_id and b.person_id = ${second} and b.turn = 1
    where a.pass is not null and b.pass is not null
      and a.keyed_at is not null and b.keyed_at is not null`.execute(db)
  return rows.map(({ one, other }) => [one.getTime(), other.getTime()])
}
