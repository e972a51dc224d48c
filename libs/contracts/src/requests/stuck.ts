import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { closed, Id } from '../primitives.ts'

/** As many as there may be accounts. */
const People = Type.Array(Id, { maxItems: 10_000 })

/** A page that waits for somebody, while nobody is there who may have it. */
export const StuckPage = closed({
  pageId: Id,
  bookTitle: Type.String(),
  sequence: Type.Integer(),
  /** It is to be keyed again, by somebody who never had it in hand. */
  again: Type.Optional(Type.Boolean()),
})
export type StuckPage = Static<typeof StuckPage>

const StuckPages = closed({ pages: Type.Array(StuckPage), more: Type.Boolean() })

/** Pages that none of these typists may key, 500 at most. */
export const listStuckKeying = defineRequest(
  'entry',
  'page.list-stuck.v1',
  closed({ campaignId: Id, typists: People }),
  StuckPages,
)

/** Pages that none of these may rule on, 500 at most. */
export const listStuckArbitrations = defineRequest(
  'reconcile',
  'page.list-stuck.v1',
  closed({ campaignId: Id, arbiters: People, supervisors: People }),
  StuckPages,
)
