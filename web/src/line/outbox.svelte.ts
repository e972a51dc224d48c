import type { Ruling, TypedRecords } from '@songnhap/contracts'
import type { Change, Kept } from '../keeping/kept.ts'
import type { Answer, Call } from './call.ts'

interface Common {
  /** The entry's id, or the submission's; of a page that was handed back, its lease. */
  readonly id: string
  /** In this order they are sent. */
  readonly number: number
  readonly leaseToken: string
  readonly pageId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly doneAt: number
  /** Why the gateway did not take it; it is tried again now and then. */
  readonly stuck?: {
    readonly code: string
    readonly vi: string
    readonly en: string
    readonly at: number
  }
}
interface WaitingEntry extends Common {
  readonly kind: 'entry'
  readonly records: TypedRecords
  /** As JSON, with spaces behind it. Absent where it was not measured. */
  readonly effort?: string
}
interface WaitingSkip extends Common {
  readonly kind: 'skip'
  readonly reason: string
  readonly note?: string
}
interface WaitingRulings extends Common {
  readonly kind: 'rulings'
  readonly rulings: readonly Ruling[]
}
export type Waiting = WaitingEntry | WaitingSkip | WaitingRulings
/** Without its place in the queue. */
export type Finished =
  | Omit<WaitingEntry, 'number'>
  | Omit<WaitingSkip, 'number'>
  | Omit<WaitingRulings, 'number'>

/** What is stuck may have become possible: a form was mended, a service updated. */
const STUCK_AGAIN_MS = 600_000
/** Nothing was decided about the item itself: whoever refuses so refuses everything. */
const REFUSES_ALL: ReadonlySet<string> = new Set([
  'UNAVAILABLE',
  'TOO_MANY_ATTEMPTS',
  'NOT_SIGNED_IN',
  'PASSWORD_TO_CHANGE',
  'FOREIGN_ORIGIN',
])

/** Somebody else has decided the page since: sent again, these rulings would be refused again. */
const OVERTAKEN: ReadonlySet<string> = new Set(['LEASE_ENDED', 'RULED_ALREADY'])

export function isOvertaken({ kind, stuck }: Waiting): boolean {
  return kind === 'rulings' && stuck !== undefined && OVERTAKEN.has(stuck.code)
}

/** Pages that are done, in order, until the gateway has acknowledged each of them. */
export class Outbox {
  waiting = $state.raw<readonly Waiting[]>([])
  sending = $state<string>()
  /** Things of the outbox on this computer that do not open any more. */
  broken = $state(0)
  needsSignIn = $state(false)
  readonly #kept: Kept
  readonly #call: Call
  readonly #acknowledged: (item: Waiting) => Promise<void>
  #under: Promise<void> | undefined

  constructor(kept: Kept, call: Call, acknowledged: (item: Waiting) => Promise<void>) {
    this.#kept = kept
    this.#call = call
    this.#acknowledged = acknowledged
  }

  get stuck(): readonly Waiting[] {
    return this.waiting.filter((item) => item.stuck !== undefined)
  }

  async load(): Promise<void> {
    const { values, broken } = await this.#kept.all<Waiting>('outbox')
    this.waiting = values.sort((one, other) => one.number - other.number)
    this.broken = broken
  }

  /** Durable when it resolves, together with what else changes with it. */
  async add(finished: Finished, also: Change): Promise<void> {
    const number = (this.waiting.at(-1)?.number ?? 0) + 1
    const item: Waiting = { ...finished, number }
    await this.#kept.change({
      put: [...(also.put ?? []), { room: 'outbox', id: item.id, value: item }],
      remove: also.remove ?? [],
    })
    this.waiting = [...this.waiting, item]
  }

  /** Sends what can be sent, one after the other. One that is refused stays and lets the rest pass. */
  async send(again: 'all' | 'due' = 'due'): Promise<void> {
    this.#under ??= this.#sendAll(again).finally(() => {
      this.#under = undefined
      this.sending = undefined
    })
    await this.#under
  }

  async #sendAll(again: 'all' | 'due'): Promise<void> {
    const now = Date.now()
    for (const item of this.waiting) {
      const rests = item.stuck !== undefined && Math.abs(now - item.stuck.at) < STUCK_AGAIN_MS
      if (rests && again === 'due') continue
      this.sending = item.id
      const answer = await this.#deliver(item)
      if (answer.is === 'unreachable') return
      if (answer.is === 'ok' || isDone(item, answer.code)) {
        await this.#remove(item)
        this.needsSignIn = false
        continue
      }
      this.needsSignIn = answer.code === 'NOT_SIGNED_IN'
      if (REFUSES_ALL.has(answer.code)) return
      await this.#setAside(item, { code: answer.code, ...answer.message, at: now })
    }
  }

  #deliver(item: Waiting): Promise<Answer<unknown>> {
    if (item.kind === 'skip') {
      const { reason, note } = item
      const body = note === undefined ? { reason } : { reason, note }
      return this.#call('POST', `/api/assignments/${item.leaseToken}/skip`, body)
    }
    if (item.kind === 'rulings') {
      const { id: submissionId, leaseToken, rulings } = item
      return this.#call('POST', '/api/rulings', { submissionId, leaseToken, rulings })
    }
    const { id: entryId, pageId, leaseToken, records, effort: text } = item
    const effort = text === undefined ? {} : { effort: JSON.parse(text) }
    return this.#call('POST', '/api/entries', { entryId, pageId, leaseToken, records, ...effort })
  }

  /** Without sending it; what else changes with it is one change. */
  async takeOut(item: Waiting, also: Change = {}): Promise<void> {
    const remove = [{ room: 'outbox', id: item.id } as const, ...(also.remove ?? [])]
    await this.#kept.change({ ...also, remove })
    this.waiting = this.waiting.filter(({ id }) => id !== item.id)
  }

  async #remove(item: Waiting): Promise<void> {
    await this.#acknowledged(item)
    await this.takeOut(item)
  }

  async #setAside(item: Waiting, stuck: NonNullable<Waiting['stuck']>): Promise<void> {
    const next: Waiting = { ...item, stuck }
    await this.#kept.change({ put: [{ room: 'outbox', id: item.id, value: next }] })
    this.waiting = this.waiting.map((one) => (one.id === item.id ? next : one))
  }
}

/** A page handed back twice, or after its lease, is back all the same. */
function isDone(item: Waiting, code: string): boolean {
  return item.kind === 'skip' && code === 'LEASE_ENDED'
}
