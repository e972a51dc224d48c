import Type, { type Static } from 'typebox'

export const ReconcileConfig = Type.Object({
  /** How long an arbitration is held without a word from its holder. */
  LEASE_SECONDS: Type.Integer({ minimum: 1, maximum: 14 * 24 * 3600, default: 3600 }),
  WAITING_SECONDS: Type.Integer({ minimum: 1, maximum: 3600, default: 30 }),
  /** Which part of the rulings is put to a second arbiter, twice as much of newcomers'; 0: none. */
  SECOND_SHARE: Type.Number({ minimum: 0, maximum: 1, default: 0.05 }),
})
export type ReconcileConfig = Static<typeof ReconcileConfig>
