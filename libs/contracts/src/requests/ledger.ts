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

// Made once, not at each call below: a check is compiled once a schema, and kept.
const Nothing = closed({})
const Head = closed({ position: Position })
const Stretch = closed({ from: Place, to: Place })
const Lines = closed({ lines: Type.Array(LedgerLine) })
const DeadLetters = closed({ deadLetters: Type.Array(DeadLetter, { maxItems: 200 }) })
const OneDeadLetter = closed({ deadLetterId: Id })
const Replayed = closed({ applied: Type.Boolean(), reason: Type.Optional(Type.String()) })

/** What every service with a ledger answers about it. */
export function ledgerRequests(owner: ServiceName) {
  return {
    /** The last position given out. */
    head: defineRequest(owner, 'facts.head.v1', Nothing, Head),
    /** Lines from `from` on; as many as fit into one message, at least one where there is one. */
    get: defineRequest(owner, 'facts.get.v1', Stretch, Lines),
    deadLetters: defineRequest(owner, 'dead-letter.list.v1', Nothing, DeadLetters),
    replay: defineRequest(owner, 'dead-letter.replay.v1', OneDeadLetter, Replayed),
  }
}
