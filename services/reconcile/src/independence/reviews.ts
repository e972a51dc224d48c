/** Reviews of pairs that stood out: what was found, what supervisors noted, how each ended. */
import { fitIntoReply } from '@songnhap/bus'
import {
  type closeReview as closeContract,
  type listReviews as listContract,
  type noteReview as noteContract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type Review,
  type ReviewEvent,
  reviewClosed,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import type { Evidence } from './open-reviews.ts'

const REVIEWS_A_CALL_MAX = 50

export async function listReviews(
  db: Kysely<DB>,
  { campaignId, before }: RequestOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  const reviews = await selectReviews(
    db,
    sql`(${campaignId ?? null}::uuid is null or r.campaign_id = ${campaignId ?? null}::uuid)
      and (${before ?? null}::uuid is null or r.review_id < ${before ?? null}::uuid)`,
  )
  const { fitting, more } = fitIntoReply(reviews.slice(0, REVIEWS_A_CALL_MAX))
  return { reviews: fitting, more: more || reviews.length > REVIEWS_A_CALL_MAX }
}

export async function noteReview(
  ledger: Ledger<DB>,
  { reviewId, personId, note }: RequestOf<typeof noteContract>,
): Promise<Review> {
  return await ledger.change(async ({ trx }) => {
    const { last } = await holdReview(trx, reviewId, personId)
    await trx
      .insertInto('review_event')
      .values({ review_id: reviewId, number: last + 1, kind: 'noted', person_id: personId, note })
      .execute()
    return await readReview(trx, reviewId)
  })
}

export async function closeReview(
  ledger: Ledger<DB>,
  { reviewId, personId, outcome, note }: RequestOf<typeof closeContract>,
): Promise<Review> {
  return await ledger.change(async ({ trx, say }) => {
    const { review, last } = await holdReview(trx, reviewId, personId)
    if (review.state !== 'open') throw new Problem('REVIEW_CLOSED')
    await trx
      .insertInto('review_event')
      .values({
        review_id: reviewId,
        number: last + 1,
        kind: 'closed',
        person_id: personId,
        outcome,
        note,
      })
      .execute()
    say(reviewClosed, { reviewId, closedBy: personId, outcome })
    return await readReview(trx, reviewId)
  })
}

/** One after the other, so that each sees what was said before. */
async function holdReview(
  trx: Transaction<DB>,
  reviewId: string,
  personId: string,
): Promise<{ review: Review; last: number }> {
  await sql`select from review where review_id = ${reviewId} for update`.execute(trx)
  const review = await readReview(trx, reviewId)
  if (review.personIds.includes(personId)) throw new Problem('OWN_REVIEW')
  return { review, last: review.events.length }
}

async function readReview(trx: Transaction<DB>, reviewId: string): Promise<Review> {
  const [review] = await selectReviews(trx, sql`r.review_id = ${reviewId}`)
  if (review === undefined) throw new Problem('NOT_FOUND')
  return review
}

interface Row {
  readonly reviewId: string
  readonly campaignId: string
  readonly personIds: string[]
  readonly openedAt: Date
  readonly events: readonly EventRow[]
}

interface EventRow {
  readonly number: number
  readonly at: string
  readonly kind: string
  readonly person_id: string | null
  readonly evidence: Evidence | null
  readonly outcome: 'explained' | 'confirmed' | null
  readonly note: string | null
}

/** One more than are told at once, if there are. */
async function selectReviews(db: Kysely<DB>, which: ReturnType<typeof sql>): Promise<Review[]> {
  const { rows } = await sql<Row>`
    select r.review_id as "reviewId", r.campaign_id as "campaignId",
      array[r.first, r.second] as "personIds", r.opened_at as "openedAt", (
        select json_agg(e order by e.number) from review_event e
        where e.review_id = r.review_id) as events
    from review r where ${which}
    order by r.review_id desc limit ${REVIEWS_A_CALL_MAX + 1}`.execute(db)
  return rows.map(({ openedAt, events: kept, ...row }) => {
    const events = kept.map(eventOf)
    return { ...row, state: stateOf(events), openedAt: openedAt.toISOString(), events }
  })
}

function eventOf({ number, at, person_id, evidence, outcome, note }: EventRow): ReviewEvent {
  const when = { number, at: new Date(at).toISOString() }
  if (evidence !== null) return { kind: 'opened', ...when, ...evidence }
  if (person_id === null || note === null) throw new Error('an event of a review is incomplete')
  const said = { ...when, personId: person_id, note }
  return outcome === null ? { kind: 'noted', ...said } : { kind: 'closed', ...said, outcome }
}

function stateOf(events: readonly ReviewEvent[]): Review['state'] {
  const last = events.findLast(({ kind }) => kind !== 'noted')
  return last?.kind === 'closed' ? last.outcome : 'open'
}
