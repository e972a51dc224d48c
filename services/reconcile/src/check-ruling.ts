import type { FormDefinition, Reading, Ruling } from '@songnhap/contracts'
import { checkReading, findField } from '@songnhap/forms'
import type { AskedQuestion } from './page-case.ts'

/** Why a ruling does not fit its question, in words that name no value; empty when it fits. */
export function checkRuling(
  form: FormDefinition,
  question: AskedQuestion,
  ruling: Ruling,
  escalated: boolean,
): string[] {
  const place = `record ${question.record}${question.field === null ? '' : `, ${question.field}`}`
  return findings(form, question, ruling, escalated).map((finding) => `${place}: ${finding}`)
}

function findings(
  form: FormDefinition,
  { field, difference, swapped }: AskedQuestion,
  { verdict, value, note }: Ruling,
  escalated: boolean,
): string[] {
  if (verdict !== 'other' && value !== undefined) return ['a value goes with "other" only']
  switch (verdict) {
    case 'escalate':
      if (escalated) return ['was passed on already and must be ruled on']
      return note === undefined ? ['passing a question on needs a note'] : []
    case 'first':
    case 'second': {
      if (field === null) return []
      const [shownFirst, shownSecond] = swapped ? [1, 0] : [0, 1]
      const reading = difference.readings[verdict === 'first' ? shownFirst : shownSecond]
      return reading == null ? ['that reader has no such record'] : []
    }
    case 'both':
      if (field === null) return ['a record is there or it is not']
      return difference.readings.includes(null) ? ['there is only one reading'] : []
    case 'illegible':
      return field === null ? ['a record is there or it is not'] : []
    case 'other': {
      if (field === null) return ['a record is there or it is not']
      if (value === undefined) return ['"other" needs a value']
      return checkValue(form, field, value)
    }
  }
}

function checkValue(form: FormDefinition, field: string, value: Reading): string[] {
  const definition = findField(form, field)
  return definition === undefined ? ['the form has no such field'] : checkReading(definition, value)
}
