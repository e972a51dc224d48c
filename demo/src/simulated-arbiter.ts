import { setTimeout as wait } from 'node:timers/promises'
import { isWrong } from '@songnhap/comparators'
import {
  type ArbitrationAssignment,
  type FormDefinition,
  Problem,
  type Question,
  type Reading,
  type Ruling,
  type TypedRecords,
} from '@songnhap/contracts'
import { findField } from '@songnhap/forms'
import { chance, type Random, whole } from '@songnhap/samples'
import type { Work } from './keep-working.ts'
import { misread, readingOf } from './misread.ts'
import { ruleOnEntries } from './rule-on-entries.ts'

const PASSES_ON = 0.02
const VANISHES = 0.01
const RULING_MS = [10, 50] as const

export interface ArbiterSettings {
  readonly random: Random
  readonly form: FormDefinition
  readonly errorRate: number
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
    const rulings = ruleOnPage(settings, assignment, truth)
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

function ruleOnPage(
  settings: ArbiterSettings,
  { questions, escalated }: ArbitrationAssignment,
  truth: TypedRecords,
): Ruling[] {
  return questions.map((question) => {
    if (!escalated && chance(settings.random, PASSES_ON)) {
      const { questionId } = question
      return { questionId, verdict: 'escalate', note: 'Mực nhoè, xin xem lại.' }
    }
    return rule(settings, question, truth)
  })
}

function rule(settings: ArbiterSettings, question: Question, truth: TypedRecords): Ruling {
  const { questionId, kind, record, present } = question
  switch (kind) {
    case 'page':
    case 'alignment':
      return { questionId, ...ruleOnEntries(settings.form, question, truth) }
    case 'record': {
      const thereIs = truth[record - 1] !== undefined
      return { questionId, verdict: present[0] === thereIs ? 'first' : 'second' }
    }
    case 'field':
      return ruleOnField(settings, question, truth)
  }
}

function ruleOnField(
  settings: ArbiterSettings,
  { questionId, record, field, readings }: Question,
  truth: TypedRecords,
): Ruling {
  const written = truth[record - 1]
  if (written === undefined) throw new Error('a question about a field of no record')
  const definition = findField(settings.form, field ?? '')
  if (definition === undefined) throw new Error(`the form has no ${field}`)
  const right = readingOf(written, definition)
  const read = chance(settings.random, settings.errorRate)
    ? misread(settings.random, definition, right)
    : right

  const same = (reading: Reading | null) => reading !== null && !isWrong(definition, reading, read)
  if (same(readings[0])) return { questionId, verdict: 'first' }
  if (same(readings[1])) return { questionId, verdict: 'second' }
  if (read.mark === 'illegible') return { questionId, verdict: 'illegible' }
  return { questionId, verdict: 'other', value: read }
}
