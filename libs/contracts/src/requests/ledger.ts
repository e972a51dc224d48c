import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { closed, Id, Line, Moment, SERVICES, type ServiceName } from '../primitives.ts'

/** Exact as a number here, and within what the database counts to. */
const POSITION_MAX = Number.MAX_SAFE_INTEGER
const Position = Type.Integer({ minimum: 0, maximum: POSITION_MAX })
const Place = Type.Integer({ minimum: 1, maximum: POSITION_MAX })

/** One fact at its place in its producer's ledger, as it travels. */
export const LedgerLine = closed({
  position: Place,
  kind: Line({ maxLength: 100 }),
  at: Moment,
  body: Type.Unknown(),
})
export type LedgerLine = Static<typeof LedgerLine>

/** A fact that could not be applied; kept with its reason until it is replayed. */
export const DeadLetter = closed({
  deadLetterId: Id,
  service: Type.Enum([...SERVICES]),
  producer: Type.Enum([...SERVICES]),
  position: Position,
  kind: Type.String(),
  /** The error's name and code only: its text could quote a typed value. */
  reason: Type.String({ maxLength: 300 }),
  failedAt: Moment,
})
export type DeadLetter = Static<typeof DeadLetter>

/**
 * What every service with a ledger answers about it: the same contracts at each call, as a check is compiled
 * once a schema and kept.
 */
export function ledgerRequests(owner: ServiceName): LedgerRequests {
  const requests = defined.get(owner) ?? defineFor(owner)
  defined.set(owner, requests)
  return requests
}

type LedgerRequests = ReturnType<typeof defineFor>
const defined = new Map<ServiceName, LedgerRequests>()

function defineFor(owner: ServiceName) {
  return {
    /** The last position given out. */
    head: defineRequest(owner, 'facts.head.v1', closed({}), closed({ position: Position })),
    /** Lines from `from` on; as many as fit into one message, at least one where there is one. */
    get: defineRequest(
      owner,
      'facts.get.v1',
      closed({ from: Place, to: Place }),
      closed({ lines: Type.Array(LedgerLine) }),
    ),
    deadLetters: defineRequest(
      owner,
      'dead-letter.list.v1',
      closed({}),
      closed({ deadLetters: Type.Array(DeadLetter, { maxItems: 200 }) }),
    ),
    replay: defineRequest(
      owner,
      'dead-letter.replay.v1',
      closed({ deadLetterId: Id }),
      closed({ applied: Type.Boolean(), reason: Type.Optional(Type.String()) }),
    ),
  }
}
