/** What people do with pages, whichever door they use: the HTTP routes and the websocket call this. */
import type { Bus } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import {
  type ArbitrationAssignment,
  type Person,
  Problem,
  type Role,
  type TypingAssignment,
  type WorkKind,
} from '@songnhap/contracts'

export type Assignment = TypingAssignment | ArbitrationAssignment

export const ROLE_OF: Readonly<Record<WorkKind, Role>> = {
  typing: 'typist',
  arbitration: 'arbiter',
  escalation: 'supervisor',
}

export function workOf(assignment: Assignment): WorkKind {
  if (assignment.kind === 'typing') return 'typing'
  return assignment.escalated ? 'escalation' : 'arbitration'
}

/** Everything the person holds of this work, filled up to `capacity`. */
export async function takeWork(
  bus: Bus,
  { personId, roles }: Person,
  work: WorkKind,
  capacity: number,
): Promise<readonly Assignment[]> {
  if (!roles.includes(ROLE_OF[work])) throw new Problem('NOT_ALLOWED')
  const { assignments } =
    work === 'typing'
      ? await bus.ask(contracts.takeAssignments, { personId, capacity })
      : await bus.ask(contracts.takeArbitrations, {
          personId,
          capacity,
          escalated: work === 'escalation',
        })
  return assignments
}

interface Holding {
  readonly personId: string
  readonly leaseToken: string
}

/** Two requests with one meaning: what a typist asks of entry, an arbiter asks of reconcile. */
interface Twins<R> {
  readonly typing: (bus: Bus, holding: Holding) => Promise<R>
  readonly arbitration: (bus: Bus, holding: Holding) => Promise<R>
}

export const RENEW: Twins<{ expiresAt: string }> = {
  typing: (bus, holding) => bus.ask(contracts.renewAssignment, holding),
  arbitration: (bus, holding) => bus.ask(contracts.renewArbitration, holding),
}
export const RELEASE: Twins<object> = {
  typing: (bus, holding) => bus.ask(contracts.releaseAssignment, holding),
  arbitration: (bus, holding) => bus.ask(contracts.releaseArbitration, holding),
}
export const FIND_IMAGE: Twins<{ sha256: string }> = {
  typing: (bus, holding) => bus.ask(contracts.findTypistImage, holding),
  arbitration: (bus, holding) => bus.ask(contracts.findArbiterImage, holding),
}

/**
 * Asks about a lease of unknown work, as a URL names it. Who can hold both kinds is looked for in
 * both places; which one answered depends on the person's own leases only.
 */
export async function askHolder<R>(
  bus: Bus,
  { personId, roles }: Person,
  twins: Twins<R>,
  leaseToken: string,
): Promise<R> {
  const holding = { personId, leaseToken }
  const arbitrates = roles.includes('arbiter') || roles.includes('supervisor')
  if (!roles.includes('typist')) return await twins.arbitration(bus, holding)
  try {
    return await twins.typing(bus, holding)
  } catch (error) {
    const elsewhere = error instanceof Problem && error.code === 'LEASE_ENDED' && arbitrates
    if (!elsewhere) throw error
    return await twins.arbitration(bus, holding)
  }
}
