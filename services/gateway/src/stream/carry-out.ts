import type { Bus } from '@songnhap/bus'
import {
  type ClientMessage,
  type Person,
  Problem,
  skipPage,
  submitEntry,
  submitRulings,
  type WorkKind,
} from '@songnhap/contracts'
import { type Assignment, RELEASE, RENEW } from '../work.ts'

/** A message that asks for something and is answered by one ack or one refusal. */
export type Order = Extract<ClientMessage, { ref: string }>

export interface Done {
  readonly ack: { readonly expiresAt?: string; readonly open?: number }
  /** The lease is over; the client may be given something else. */
  readonly leaseEnded: boolean
  /** Everything the person holds now, where the answer brought it. */
  readonly assignments?: readonly Assignment[]
  /** There may be more to do, but the answer did not bring it. */
  readonly askAgain?: boolean
}

/** Passes an order on to the service that owns it. Throws Problem when it is refused. */
export async function carryOut(
  bus: Bus,
  { personId }: Person,
  { work, capacity }: { readonly work: WorkKind; readonly capacity: number },
  order: Order,
): Promise<Done> {
  const { leaseToken } = order
  const kind = work === 'typing' ? 'typing' : 'arbitration'
  switch (order.type) {
    case 'submit': {
      allowOnly('typing', kind)
      const { type: _, ref: __, ...entry } = order
      const { assignments } = await bus.ask(submitEntry, { ...entry, personId, capacity })
      return { ack: {}, leaseEnded: true, assignments }
    }
    case 'rule': {
      allowOnly('arbitration', kind)
      const { submissionId, rulings } = order
      const { open } = await bus.ask(submitRulings, { personId, submissionId, leaseToken, rulings })
      return { ack: { open }, leaseEnded: open === 0, askAgain: open === 0 }
    }
    case 'renew': {
      const { expiresAt } = await RENEW[kind](bus, { personId, leaseToken })
      return { ack: { expiresAt }, leaseEnded: false }
    }
    case 'release':
      await RELEASE[kind](bus, { personId, leaseToken })
      return { ack: {}, leaseEnded: true }
    case 'skip': {
      allowOnly('typing', kind)
      const note = order.note === undefined ? {} : { note: order.note }
      await bus.ask(skipPage, { personId, leaseToken, reason: order.reason, ...note })
      return { ack: {}, leaseEnded: true, askAgain: true }
    }
  }
}

function allowOnly(needed: 'typing' | 'arbitration', kind: typeof needed) {
  if (kind !== needed) throw new Problem('NOT_ALLOWED', [`only on a websocket for ${needed}`])
}
