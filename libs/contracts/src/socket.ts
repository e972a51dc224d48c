import Type, { type Static } from 'typebox'
import { Effort } from './effort.ts'
import { SKIP_REASONS } from './facts/entry.ts'
import { Bilingual, closed, Id, Line, Moment, RoleName } from './primitives.ts'
import { TypedRecords } from './reading.ts'
import { ArbitrationAssignment, Ruling } from './requests/arbitration.ts'
import { Capacity, TypingAssignment } from './requests/assignment.ts'

/** What of a campaign may look otherwise now. */
export const CHANGED_THINGS = ['campaign', 'pages', 'entries', 'truth', 'books', 'people'] as const
export const ChangedThing = Type.Enum([...CHANGED_THINGS])
export type ChangedThing = Static<typeof ChangedThing>

/**
 * Websocket protocol, version 1. The browser says hello and gets a snapshot of what it holds; from
 * then on assignments come by themselves. Everything with a `ref` is answered by one ack or one
 * refusal with the same `ref`. After a cut the browser connects, says hello, and sends again
 * whatever was not acknowledged: submissions carry ids, so a repeat has no second effect. A supervisor's
 * browser says `watch` in the place of hello, and hears when it is worth asking again.
 */
export const PROTOCOL_VERSION = 1

/** Close codes of our own; a browser reconnects after all but UNKNOWN_PROTOCOL and SIGNED_OUT. */
export const CLOSE = {
  UNKNOWN_PROTOCOL: 4000,
  SIGNED_OUT: 4001,
  TOO_SLOW: 4002,
  MALFORMED: 4003,
  SILENT: 4004,
  TOO_MANY: 4005,
} as const

export const WORK_KINDS = ['typing', 'arbitration', 'escalation'] as const
export const WorkKind = Type.Enum([...WORK_KINDS])
export type WorkKind = Static<typeof WorkKind>

const Ref = Type.String({ minLength: 1, maxLength: 64 })
const message = <const T extends string, const P extends Type.TProperties>(type: T, fields: P) =>
  closed({ type: Type.Literal(type), ...fields })

export const ClientMessage = Type.Union([
  message('hello', {
    protocol: Type.Integer(),
    work: WorkKind,
    capacity: Capacity,
    /** Leases the browser believes it holds; the snapshot says which of them have ended. */
    holding: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  }),
  message('submit', {
    ref: Ref,
    entryId: Id,
    pageId: Id,
    leaseToken: Id,
    records: TypedRecords,
    effort: Type.Optional(Effort),
  }),
  message('rule', {
    ref: Ref,
    submissionId: Id,
    leaseToken: Id,
    rulings: Type.Array(Ruling, { minItems: 1, maxItems: 5000 }),
  }),
  message('renew', { ref: Ref, leaseToken: Id }),
  message('release', { ref: Ref, leaseToken: Id }),
  message('skip', {
    ref: Ref,
    leaseToken: Id,
    reason: Type.Enum([...SKIP_REASONS]),
    note: Type.Optional(Line({ maxLength: 500 })),
  }),
  message('watch', { protocol: Type.Integer() }),
  message('ping', {}),
])
export type ClientMessage = Static<typeof ClientMessage>

const Assignment = Type.Union([TypingAssignment, ArbitrationAssignment])

export const ServerMessage = Type.Union([
  message('snapshot', {
    protocol: Type.Literal(PROTOCOL_VERSION),
    person: closed({ personId: Id, name: Type.String(), roles: Type.Array(RoleName) }),
    assignments: Type.Array(Assignment),
    /** Of the leases named in the hello: those that are no longer held. */
    ended: Type.Array(Id),
    /** Send something at least this often, or be taken for gone. */
    heartbeatMs: Type.Integer({ minimum: 1 }),
  }),
  message('assignment', { assignment: Assignment }),
  message('ack', {
    ref: Ref,
    expiresAt: Type.Optional(Moment),
    /**
     * After `rule`: questions of this arbitration that are still open. When all that were shown have
     * been ruled on, a new hello brings the rest.
     */
    open: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  message('refusal', {
    ref: Type.Optional(Ref),
    code: Type.String(),
    message: Bilingual,
    details: Type.Optional(Type.Array(Type.String())),
  }),
  message('watching', {
    protocol: Type.Literal(PROTOCOL_VERSION),
    /** As with `snapshot`. */
    heartbeatMs: Type.Integer({ minimum: 1 }),
  }),
  /** Worth asking again by HTTP; at most once a second and campaign. */
  message('changed', {
    /** Null: of any campaign. */
    campaignId: Type.Union([Id, Type.Null()]),
    things: Type.Array(ChangedThing, { maxItems: CHANGED_THINGS.length }),
  }),
  message('pong', {}),
])
export type ServerMessage = Static<typeof ServerMessage>
