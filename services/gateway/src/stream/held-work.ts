import type { Assignment } from '../work.ts'

/** Tokens of ended leases that are remembered, so that an answer under way cannot bring one back. */
const ENDED_MAX = 200

/** What one websocket's person was given and, as far as this socket knows, still holds. */
export type HeldWork = ReturnType<typeof createHeldWork>

/**
 * Assignments come by three roads (offers, answers to submissions, asking again) in any order;
 * this is where each is let through once.
 */
export function createHeldWork(capacity: number) {
  const expiries = new Map<string, number>()
  const ended = new Set<string>()

  const held = {
    /** How many more may be given now. Leases that ran out are not counted. */
    room: (now: number) =>
      capacity - [...expiries.values()].filter((expiry) => expiry > now).length,

    tokens: (): readonly string[] => [...expiries.keys()],

    /** True when it is news and so must be sent; also keeps its new end when it is not. */
    add({ leaseToken, expiresAt }: Assignment): boolean {
      if (ended.has(leaseToken)) return false
      const isNew = !expiries.has(leaseToken)
      expiries.set(leaseToken, Date.parse(expiresAt))
      return isNew
    },

    renew(leaseToken: string, expiresAt: string): void {
      if (expiries.has(leaseToken)) expiries.set(leaseToken, Date.parse(expiresAt))
    },

    /** The page was submitted, ruled on or given back, or its lease has ended. */
    end(leaseToken: string): void {
      expiries.delete(leaseToken)
      ended.add(leaseToken)
      for (const oldest of ended) {
        if (ended.size <= ENDED_MAX) break
        ended.delete(oldest)
      }
    },

    /**
     * Brings this into line with everything the person holds. `before`: what was held when that was
     * asked; what came meanwhile is not missed in the answer. Returns what must be sent.
     */
    align(before: readonly string[], everything: readonly Assignment[]): readonly Assignment[] {
      const tokens = new Set(everything.map(({ leaseToken }) => leaseToken))
      for (const token of before) if (!tokens.has(token)) held.end(token)
      return everything.filter((assignment) => held.add(assignment))
    },
  }
  return held
}
