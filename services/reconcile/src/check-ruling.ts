import type { FormDefinition, QuestionKind, Reading, Ruling, Verdict } from '@songnhap/contracts'
import { checkReading, findField } from '@songnhap/forms'
import { checkPairs } from './check-pairs.ts'
import type { PageCase, StoredQuestion } from './page-case.ts'
import { isAboutPage } from './place.ts'
import { readingsAt } from './settle-field.ts'
import { recordAt } from './show-question.ts'
import { inShownOrder, swapPairs } from './swap.ts'

const TURNS_MAX = 100

export const FITTING: Record<QuestionKind, readonly Verdict[]> = {
  page: [
    'correct-first',
    'correct-second',
    'send-back-first',
    'send-back-second',
    'send-back-both',
    'as-typed',
    'escalate',
  ],
  alignment: ['aligned', 'send-back-first', 'send-back-second', 'send-back-both', 'escalate'],
  record: ['first', 'second', 'escalate'],
  field: ['first', 'second', 'both', 'other', 'illegible', 'escalate'],
}

const ASKED_FOR: Record<QuestionKind, string> = {
  page: 'it asks about one cause for the whole page',
  alignment: 'it asks which record is which',
  record: 'a record is there or it is not',
  field: 'it asks about one field',
}

/** Why a ruling does not fit its question, in words that name no value; empty when it fits. */
export function checkRuling(
  page: PageCase,
  question: StoredQuestion,
  ruling: Ruling,
  escalated: boolean,
): string[] {
  const place = placeOf(page, question)
  return findings(page, question, ruling, escalated).map((finding) => `${place}: ${finding}`)
}

function placeOf({ round }: PageCase, { kind, rows, field }: StoredQuestion): string {
  if (isAboutPage({ kind })) return 'the page'
  const record = `record ${recordAt(round.pairs, rows)}`
  return field === null ? record : `${record}, ${field}`
}

function findings(
  page: PageCase,
  question: StoredQuestion,
  { verdict, value, pairs, note }: Ruling,
  escalated: boolean,
): string[] {
  const { kind } = question
  const fits = FITTING[kind].includes(verdict) || (kind === 'field' && verdict === 'third')
  if (!fits) return [`${ASKED_FOR[kind]}: ${FITTING[kind].join(', ')}`]
  if (verdict !== 'other' && value !== undefined) return ['a value goes with "other" only']
  if (verdict !== 'aligned' && pairs !== undefined) return ['pairs go with "aligned" only']
  switch (verdict) {
    case 'escalate':
      if (escalated) return ['was passed on already and must be ruled on']
      return note === undefined ? ['passing a question on needs a note'] : []
    case 'aligned':
      if (pairs === undefined) return ['"aligned" needs pairs: each record of both entries once']
      // Its records are known outside by their places.
      if (page.revision > 0) return ['was settled before, with these records']
      return checkPairs(page.compared, question.swapped ? swapPairs(pairs) : pairs)
    case 'correct-first':
    case 'correct-second':
      return page.round.diagnosis?.kind === 'wrong-image'
        ? ['a page keyed from another image cannot be corrected, only sent back']
        : []
    case 'send-back-first':
    case 'send-back-second':
    case 'send-back-both':
      return page.compared.sides.some(({ turn }) => turn >= TURNS_MAX)
        ? ['this page has been sent back too often']
        : []
    default:
      return kind === 'field' ? checkField(page, question, verdict, value) : []
  }
}

function checkField(
  { form, compared }: PageCase,
  { rows, field, ...order }: StoredQuestion,
  verdict: Verdict,
  value: Reading | undefined,
): string[] {
  const [first, second] = readingsAt(compared.sides, rows, field ?? '')
  // Who was asked for a field has read something in it.
  const shown = inShownOrder([first !== null, second !== null, true], order)
  switch (verdict) {
    case 'first':
      return shown[0] === true ? [] : ['that reader has nothing here']
    case 'second':
      return shown[1] === true ? [] : ['that reader has nothing here']
    case 'third':
      return shown[2] === true ? [] : ['there is no third reading']
    case 'both':
      // Of three readings it would not say which two.
      if (order.thirdAt !== null) return ['there are three readings']
      return first === null || second === null ? ['there are not two readings'] : []
    case 'other':
      return value === undefined ? ['"other" needs a value'] : checkValue(form, field ?? '', value)
    default:
      return []
  }
}

export function checkValue(form: FormDefinition, field: string, value: Reading): string[] {
  const definition = findField(form, field)
  return definition === undefined ? ['the form has no such field'] : checkReading(definition, value)
}
