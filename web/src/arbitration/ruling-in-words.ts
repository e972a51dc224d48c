import type { FormDefinition, Question, Reading, Ruling } from '@songnhap/contracts'
import { markNames } from '../desk/mark-names.ts'
import { arbitrationWords } from '../words/arbitration.ts'
import { textOf } from '../words/language.svelte.ts'

/** What was decided, for the line that offers to take it back. */
export function rulingInWords(
  { verdict, value, note }: Ruling,
  { kind, readings, third, present }: Question,
): string {
  const words = arbitrationWords()
  if (kind === 'record' && (verdict === 'first' || verdict === 'second')) {
    const isThere = present[verdict === 'first' ? 0 : 1]
    return isThere ? words.recordIsThere : words.recordIsNone
  }
  switch (verdict) {
    case 'first':
      return readingInWords(readings[0])
    case 'second':
      return readingInWords(readings[1])
    case 'third':
      return readingInWords(third ?? null)
    case 'other':
      return readingInWords(value ?? null)
    case 'both':
      return words.both
    case 'illegible':
      return words.illegible
    case 'escalate':
      return `${words.escalate.replace('…', '')} (${note ?? ''})`
    case 'aligned':
      return words.acceptPairs
    case 'as-typed':
      return words.asTyped
    case 'correct-first':
      return words.correctLeft
    case 'correct-second':
      return words.correctRight
    case 'send-back-first':
      return words.sendBackLeft.replace('…', '')
    case 'send-back-second':
      return words.sendBackRight.replace('…', '')
    case 'send-back-both':
      return words.sendBackBoth.replace('…', '')
  }
}

export function readingInWords(reading: Reading | null): string {
  if (reading === null) return arbitrationWords().nothingRead
  const { value, mark } = reading
  if (mark === undefined) return value === '' ? markNames().blank : value
  return value === '' ? markNames()[mark] : `${value} (${markNames()[mark]})`
}

/** What a question is about, in the list of the page's questions. */
export function questionInWords(
  { kind, field }: Question,
  form: FormDefinition | undefined,
): string {
  const words = arbitrationWords()
  switch (kind) {
    case 'field': {
      const definition = form?.fields.find(({ name }) => name === field)
      return definition === undefined ? (field ?? '') : textOf(definition.label)
    }
    case 'record':
      return words.wholeRecord
    case 'alignment':
      return words.pairing
    case 'page':
      return words.wholePage
  }
}
