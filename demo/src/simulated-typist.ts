import { setTimeout as wait } from 'node:timers/promises'
import { patiently } from '@songnhap/client'
import { type FormDefinition, Problem, type TypedRecords } from '@songnhap/contracts'
import { chance, type Random, whole } from '@songnhap/samples'
import type { Line, Work } from './keep-working.ts'
import { misreadPage } from './misread.ts'

/** How a typist behaves, as probabilities a page. */
const SKIPS = 0.01
const VANISHES = 0.02
const SENDS_TWICE = 0.06
const LOOKS_AT_IMAGE = 0.5
const KEYING_MS = [10, 60] as const

export interface TypistSettings {
  readonly random: Random
  readonly form: FormDefinition
  readonly errorRate: number
  /** What stands on a page; waits while the page is so new that nobody was told yet. */
  readonly truthOf: (pageId: string) => Promise<TypedRecords>
  readonly leaseMs: number
  /** False where so few people work that a page skipped by one might find nobody else. */
  readonly skips: boolean
  /** False where nobody would be left to key a record that two people saw differently. */
  readonly leavesRecordsOut: boolean
  /** Told each entry's id once the gateway has acknowledged it. */
  readonly acknowledged: (entryId: string) => void
}

/**
 * Keys pages with errors of his or her own; now and then looks at nothing, skips a page, sends an
 * entry twice, or vanishes in mid-page and hands the entry in after the lease has run out.
 */
export function simulatedTypist(settings: TypistSettings): Work {
  const { random, form } = settings
  return async (assignment, line) => {
    if (assignment.kind !== 'typing') throw new Error('a typist was sent an arbitration')
    const { leaseToken, pageId } = assignment
    if (chance(random, LOOKS_AT_IMAGE)) await lookAt(line, leaseToken)
    await wait(whole(random, ...KEYING_MS))
    if (settings.skips && chance(random, SKIPS)) return await skip(line, leaseToken)

    const entry = {
      type: 'submit',
      entryId: crypto.randomUUID(),
      pageId,
      leaseToken,
      records: misreadPage(random, form, await settings.truthOf(pageId), settings, assignment),
    } as const
    if (chance(random, VANISHES)) {
      line.stream.close()
      await wait(settings.leaseMs * 1.5)
      // Comes back, and hands in over plain HTTP what is still on the desk.
      const { type: _, ...body } = entry
      await patiently(() => line.api.post('/api/entries', body))
    } else if (chance(random, SENDS_TWICE)) {
      await Promise.all([line.stream.order(entry), line.stream.order(entry)])
    } else {
      await line.stream.order(entry)
    }
    settings.acknowledged(entry.entryId)
  }
}

async function lookAt({ api }: Line, leaseToken: string): Promise<void> {
  await unlessEnded(() => api.fetchBytes(`/api/assignments/${leaseToken}/image/display`))
}

async function skip({ stream }: Line, leaseToken: string): Promise<void> {
  await unlessEnded(() => stream.order({ type: 'skip', leaseToken, reason: 'unreadable' }))
}

/** A lease may have run out meanwhile; then somebody else has the page, and nothing is amiss. */
async function unlessEnded(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'LEASE_ENDED') throw error
  }
}
