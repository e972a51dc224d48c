import { setTimeout as wait } from 'node:timers/promises'
import { CLOSE, Problem, type WorkKind } from '@songnhap/contracts'
import type { Api } from './api.ts'
import { type Ack, type Assignment, type Order, openStream, type Stream } from './stream.ts'

const BACKOFF_FIRST_MS = 200
const BACKOFF_MAX_MS = 10_000
const BACKOFF_DOUBLINGS_MAX = 8
const SEND_AGAIN_MS = 300
/** Whoever orders something learns in the end that it could not be had. */
const PATIENCE_MS = 120_000
/** As many as a hello may name; of more, the oldest are long over. */
const HOLDING_MAX = 100
/** Connecting again would not help. */
const FINAL: ReadonlySet<string> = new Set(['NOT_SIGNED_IN', 'NOT_ALLOWED', 'PROTOCOL_UNKNOWN'])

export interface Hello {
  readonly work: WorkKind
  readonly capacity: number
}

interface Unanswered {
  readonly order: Order
  readonly answer: PromiseWithResolvers<Ack>
}

/**
 * A person's stream for as long as he or she works: one websocket after the other, at whichever
 * gateway can be reached, until `close`. Each lease is given to `onAssignment` once. A browser does
 * the same (docs/spec/stream.md, W16 and W17).
 */
export class KeptStream {
  /** Why it ended: undefined after `close`, else what makes connecting again useless. */
  readonly ended: Promise<Problem | undefined>
  readonly #api: Api
  readonly #hello: Hello
  readonly #onAssignment: (assignment: Assignment) => void
  /** Leases that this person holds as far as is known here, the newest last. */
  readonly #holding = new Set<string>()
  readonly #unanswered = new Set<Unanswered>()
  readonly #closing = new AbortController()
  #stream: Stream | undefined

  constructor(api: Api, hello: Hello, onAssignment: (assignment: Assignment) => void) {
    this.#api = api
    this.#hello = hello
    this.#onAssignment = onAssignment
    this.ended = this.#keep()
  }

  /**
   * Resolves with the ack, on whichever connection it comes; throws the refusal. What was sent
   * without an answer is sent again after the next hello: a submission has no second effect, and
   * a `release` or `skip` that was carried out is then refused with LEASE_ENDED.
   */
  async order(order: Order): Promise<Ack> {
    if (this.#closing.signal.aborted) throw new Problem('UNAVAILABLE', ['closed'])
    const unanswered = { order, answer: Promise.withResolvers<Ack>() }
    const enough = setTimeout(
      () => unanswered.answer.reject(new Problem('UNAVAILABLE', ['not answered in time'])),
      PATIENCE_MS,
    )
    this.#unanswered.add(unanswered)
    void this.#send(unanswered)
    try {
      const ack = await unanswered.answer.promise
      if (order.type !== 'renew' && (ack.open ?? 0) === 0) this.#holding.delete(order.leaseToken)
      return ack
    } finally {
      clearTimeout(enough)
      this.#unanswered.delete(unanswered)
    }
  }

  close(): void {
    this.#closing.abort()
    this.#stream?.close()
  }

  async #keep(): Promise<Problem | undefined> {
    let failures = 0
    let final: Problem | undefined
    while (final === undefined && !this.#closing.signal.aborted) {
      const gatewayUrl = this.#api.gateways.current
      try {
        const code = await this.#workAt(gatewayUrl)
        failures = 0
        if (code === CLOSE.SIGNED_OUT) final = new Problem('NOT_SIGNED_IN')
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        failures += 1
        final = FINAL.has(error.code) ? error : await this.#whyRefused()
      }
      this.#api.gateways.leave(gatewayUrl)
      // Everybody whose gateway stopped comes at once: each waits a little, and differently.
      if (final === undefined) await this.#pause(failures)
    }
    this.#closing.abort()
    for (const { answer } of this.#unanswered) {
      answer.reject(final ?? new Problem('UNAVAILABLE', ['closed']))
    }
    return final
  }

  /** From a hello to the end of the connection; gives its close code. */
  async #workAt(gatewayUrl: string): Promise<number> {
    const hello = { ...this.#hello, holding: [...this.#holding] }
    const stream = await openStream(this.#api, gatewayUrl, hello, (given) => this.#give(given))
    for (const leaseToken of stream.snapshot.ended) this.#holding.delete(leaseToken)
    for (const assignment of stream.snapshot.assignments) this.#give(assignment)
    this.#stream = stream
    if (this.#closing.signal.aborted) stream.close()
    for (const unanswered of this.#unanswered) void this.#send(unanswered)
    const code = await stream.closed
    this.#stream = undefined
    return code
  }

  #give(assignment: Assignment): void {
    if (this.#holding.has(assignment.leaseToken)) return
    this.#holding.add(assignment.leaseToken)
    const [oldest] = this.#holding
    if (this.#holding.size > HOLDING_MAX && oldest !== undefined) this.#holding.delete(oldest)
    this.#onAssignment(assignment)
  }

  /** Refused with UNAVAILABLE it is sent again; cut off, the next hello sends it. */
  async #send(unanswered: Unanswered): Promise<void> {
    const stream = this.#stream
    while (stream !== undefined && stream === this.#stream && this.#unanswered.has(unanswered)) {
      try {
        return unanswered.answer.resolve(await stream.order(unanswered.order))
      } catch (error) {
        const code = error instanceof Problem ? error.code : undefined
        if (code === 'LEASE_ENDED') this.#holding.delete(unanswered.order.leaseToken)
        if (code !== 'UNAVAILABLE') return unanswered.answer.reject(error)
        await wait(Math.random() * SEND_AGAIN_MS)
      }
    }
  }

  /** A browser does not learn why a websocket was not opened; a plain request does. */
  async #whyRefused(): Promise<Problem | undefined> {
    try {
      await this.#api.get('/api/session')
      return undefined
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return FINAL.has(error.code) ? error : undefined
    }
  }

  async #pause(failures: number): Promise<void> {
    const doublings = Math.min(failures, BACKOFF_DOUBLINGS_MAX)
    const longest = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** doublings)
    const { signal } = this.#closing
    await wait(Math.random() * longest, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
}
