import type { Static, TSchema } from 'typebox'
import type { ServiceName } from './primitives.ts'

/**
 * Something that happened, kept for ever in its producer's ledger.
 *
 * Version rule: fields are only ever added, and added as optional. Anything else is a new fact
 * (`….v2`), said beside this one until nobody follows the old one.
 */
export interface FactContract<S extends TSchema = TSchema> {
  readonly kind: string
  readonly producer: ServiceName
  readonly body: S
}

/** A question or an order that one service answers, over NATS request–reply. */
export interface RequestContract<Q extends TSchema = TSchema, R extends TSchema = TSchema> {
  readonly subject: string
  readonly owner: ServiceName
  readonly request: Q
  readonly reply: R
}

/** A word to whoever listens right now; never the only carrier of anything. */
export interface PushContract<S extends TSchema = TSchema> {
  readonly subject: string
  readonly body: S
}

export type BodyOf<C> = C extends FactContract<infer S> | PushContract<infer S> ? Static<S> : never
export type RequestOf<C> = C extends RequestContract<infer Q, TSchema> ? Static<Q> : never
export type ReplyOf<C> = C extends RequestContract<TSchema, infer R> ? Static<R> : never

export function defineFact<S extends TSchema>(
  producer: ServiceName,
  kind: string,
  body: S,
): FactContract<S> {
  return { kind, producer, body }
}

export function defineRequest<Q extends TSchema, R extends TSchema>(
  owner: ServiceName,
  subject: string,
  request: Q,
  reply: R,
): RequestContract<Q, R> {
  return { subject, owner, request, reply }
}

export function definePush<S extends TSchema>(subject: string, body: S): PushContract<S> {
  return { subject, body }
}
