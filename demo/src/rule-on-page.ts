import { isWrong } from '@songnhap/comparators'
import type {
  ArbitrationAssignment,
  FormDefinition,
  Question,
  Reading,
  Ruling,
  TypedRecords,
} from '@songnhap/contracts'
import { findField } from '@songnhap/forms'
import { chance, type Random } from '@songnhap/samples'
import { misread, readingOf } from './misread.ts'
import { ruleOnEntries } from './rule-on-entries.ts'

export interface RulingSettings {
  readonly random: Random
  readonly form: FormDefinition
  readonly errorRate: number
  /** Of a question: probability that it is left to a supervisor. */
  readonly passesOn: number
}

/** What somebody who sees the paper answers to everything that is asked about a page. */
export function ruleOnPage(
  settings: RulingSettings,
  { questions, escalated }: ArbitrationAssignment,
  truth: TypedRecords,
): Ruling[] {
  return questions.map((question) => {
    if (!escalated && chance(settings.random, settings.passesOn)) {
      const { questionId } = question
      return { questionId, verdict: 'escalate', note: 'Mực nhoè, xin xem lại.' }
    }
    return rule(settings, question, truth)
  })
}

function rule(settings: RulingSettings, question: Question, truth: TypedRecords): Ruling {
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
  settings: RulingSettings,
  { questionId, record, field, readings }: Question,
  truth: TypedRecords,
): Ruling {
  const written = truth[record - 1]
  if (written === undefined) throw new Error('a question about a field of no record')
  const definition = findField(settings.form, field ?? '')
  if (definition === undefined) throw new Error(`the form has no ${field}`)
  const right = readingOf(written, definition)
  const isRight = readings.map((one) => one !== null && !isWrong(definition, one, right))
  const errs = chance(settings.random, settings.errorRate)
  // Who errs is mostly taken in by the reading that is wrong.
  if (errs && isRight[0] !== isRight[1]) {
    return { questionId, verdict: isRight[0] ? 'second' : 'first' }
  }
  const read = errs ? misread(settings.random, definition, right) : right
  const same = (reading: Reading | null) => reading !== null && !isWrong(definition, reading, read)
  if (same(readings[0])) return { questionId, verdict: 'first' }
  if (same(readings[1])) return { questionId, verdict: 'second' }
  if (read.mark === 'illegible') return { questionId, verdict: 'illegible' }
  return { questionId, verdict: 'other', value: read }
}
