import type { Bus } from '@songnhap/bus'
import {
  closed,
  closeReview,
  Id,
  listReviews,
  noteReview,
  PairFigures,
  PairMember,
  Review,
  readPairs,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readNames } from '../accounts.ts'
import { type Access, personOf, SUPERVISION } from '../admission.ts'
import type { DB } from '../schema.gen.ts'
import type { TypedServer } from '../typed-server.ts'

/** Whoever judges what two people did signs with a name of his or her own. */
const SUPERVISORS: Access = ['supervisor']

/** The services know no names; null when the account is gone. */
const Named = { personId: Id, name: Type.Union([Type.String(), Type.Null()]) }
const People = { people: Type.Array(closed(Named)) }
const Pairs = closed({
  frame: readPairs.reply.properties.frame,
  pairs: Type.Array(
    closed({
      ...PairFigures.properties,
      members: Type.Array(closed({ ...PairMember.properties, ...Named })),
      review: readPairs.reply.properties.pairs.items.properties.review,
    }),
  ),
  more: Type.Boolean(),
})
const NamedReview = closed({ ...Review.properties, ...People })
const { outcome, note } = closeReview.request.properties
const ByReview = closed({ reviewId: Id })

/** Whether people worked apart. None of it is for typists. */
export function addIndependenceRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/pairs',
    {
      config: {
        access: SUPERVISION,
        summary:
          'Pairs of typists by how much they look as if they had not worked apart, with all figures.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: closed({ campaignId: Id }), response: { 200: Pairs } },
    },
    async ({ params }) => {
      const { frame, pairs, more } = await bus.ask(readPairs, params)
      const names = await namesOf(
        db,
        pairs.flatMap(({ members }) => members.map(({ personId }) => personId)),
      )
      const named = pairs.map((pair) => ({
        ...pair,
        members: pair.members.map((one) => ({ ...one, name: names.get(one.personId) ?? null })),
      }))
      return { frame, pairs: named, more }
    },
  )
  addReviewRoutes(server, db, bus)
}

function addReviewRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/reviews',
    {
      config: {
        access: SUPERVISION,
        summary: 'Reviews of pairs, the last opened first, going on before an id.',
      },
      schema: {
        querystring: closed({ campaignId: Type.Optional(Id), before: Type.Optional(Id) }),
        response: { 200: closed({ reviews: Type.Array(NamedReview), more: Type.Boolean() }) },
      },
    },
    async ({ query }) => {
      const { reviews, more } = await bus.ask(listReviews, query)
      return { reviews: await nameReviews(db, reviews), more }
    },
  )

  server.post(
    '/api/reviews/:reviewId/notes',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Adds to a review what a supervisor found out.',
        refuses: ['NOT_FOUND', 'OWN_REVIEW'],
      },
      schema: { params: ByReview, body: closed({ note }), response: { 200: NamedReview } },
    },
    async (request) => {
      const { personId } = personOf(request)
      const asking = { ...request.params, ...request.body, personId }
      return await nameReview(db, await bus.ask(noteReview, asking))
    },
  )

  server.post(
    '/api/reviews/:reviewId/close',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Closes a review as explained or confirmed, with the reason.',
        refuses: ['NOT_FOUND', 'OWN_REVIEW', 'REVIEW_CLOSED'],
      },
      schema: { params: ByReview, body: closed({ outcome, note }), response: { 200: NamedReview } },
    },
    async (request) => {
      const { personId } = personOf(request)
      const asking = { ...request.params, ...request.body, personId }
      return await nameReview(db, await bus.ask(closeReview, asking))
    },
  )
}

async function namesOf(db: Kysely<DB>, personIds: readonly string[]) {
  return await readNames(db, [...new Set(personIds)])
}

async function nameReview(db: Kysely<DB>, review: Review) {
  const [named] = await nameReviews(db, [review])
  if (named === undefined) throw new Error('a review got lost')
  return named
}

/** The two, and every supervisor who said something. */
async function nameReviews(db: Kysely<DB>, reviews: readonly Review[]) {
  const peopleOf = ({ personIds, events }: Review) => [
    ...new Set([
      ...personIds,
      ...events.flatMap((event) => (event.kind === 'opened' ? [] : [event.personId])),
    ]),
  ]
  const names = await namesOf(db, reviews.flatMap(peopleOf))
  return reviews.map((review) => ({
    ...review,
    people: peopleOf(review).map((personId) => ({ personId, name: names.get(personId) ?? null })),
  }))
}
