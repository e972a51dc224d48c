import Type, { type Static } from 'typebox'

export const EntryConfig = Type.Object({
  /** How long a page is held without a word from its holder; renewed by every heartbeat. */
  LEASE_SECONDS: Type.Integer({ minimum: 1, maximum: 14 * 24 * 3600, default: 3600 }),
  /** How long somebody who asked for work is remembered as waiting; askers ask again before. */
  WAITING_SECONDS: Type.Integer({ minimum: 1, maximum: 3600, default: 30 }),
})
export type EntryConfig = Static<typeof EntryConfig>
