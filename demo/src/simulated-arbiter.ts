import { setTimeout as wait } from 'node:timers/promises'
import { Problem, type TypedRecords } from '@songnhap/contracts'
import { chance, whole } from '@songnhap/samples'
import type { Work } from './keep-working.ts'
import { type RulingSettings, ruleOnPage } from './rule-on-page.ts'

const PASSES_ON = 0.02
const VANISHES = 0.01
const RULING_MS = [10, 50] as const

export interface ArbiterSettings extends Omit<RulingSettings, 'passesOn'> {
  readonly truthOf: (pageId: string) => Promise<TypedRecords>
  readonly leaseMs: number
}

/** Rules on what differs, seldom wrongly; passes a few questions on, and sometimes vanishes. */
export function simulatedArbiter(settings: ArbiterSettings): Work {
  const { random, leaseMs } = settings
  return async (assignment, line) => {
    if (assignment.kind !== 'arbitration') throw new Error('an arbiter was sent a page to key')
    await wait(whole(random, ...RULING_MS))
    if (chance(random, VANISHES)) {
      line.stream.close()
      await wait(leaseMs * 1.5)
      return
    }
    const truth = await settings.truthOf(assignment.pageId)
    const rulings = ruleOnPage({ ...settings, passesOn: PASSES_ON }, assignment, truth)
    const { leaseToken } = assignment
    try {
      const { open } = await line.stream.order({
        type: 'rule',
        submissionId: crypto.randomUUID(),
        leaseToken,
        rulings,
      })
      // A very long page comes in parts: the next one with the next hello.
      if (open !== undefined && open > 0) line.stream.close()
    } catch (error) {
      // Ran out, or was ruled on by whoever had it meanwhile: it comes again if anything is open.
      if (!(error instanceof Problem) || !OVERTAKEN.has(error.code)) throw error
    }
  }
}

const OVERTAKEN = new Set(['LEASE_ENDED', 'RULED_ALREADY', 'UNAVAILABLE'])
