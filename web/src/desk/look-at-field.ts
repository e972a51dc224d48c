import { checkIdentityNumber, isPossible, readDate } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import type { Language } from '../words/language.svelte.ts'
import { choicesOf, chooseOption } from './choose-option.ts'
import { dateInWords } from './date-in-words.ts'
import type { DraftField } from './draft.ts'

/** What is said beside or below a field; the desk has the words. Nothing is written into the field. */
export interface Look {
  /** How it was understood. */
  readonly read?: string
  /** Asks for one more Enter; the register may be odd. */
  readonly warning?: 'notADate' | 'noSuchDay' | 'noNumber' | 'oddIdentity'
  /** Cannot be sent like this. */
  readonly error?: 'oddCharacter' | 'onlySpace' | 'tooLong' | 'noOption' | 'manyOptions'
}

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'money', 'number'])
const ONLY_SPACE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]+$/u
const UNTYPEABLE = /\p{Cc}/u

/** Looks at one field alone, at its form and never at its truth. */
export function lookAtField(
  form: FormDefinition,
  field: FieldDefinition,
  { typed, mark, origin }: DraftField,
  language: Language,
): Look {
  if (typed === '') return {}
  if (!typed.isWellFormed() || UNTYPEABLE.test(typed)) return { error: 'oddCharacter' }
  if (ONLY_SPACE.test(typed)) return { error: 'onlySpace' }
  if ([...typed].length > field.lengthMax) return { error: 'tooLong' }
  // What is left of a value need not be one.
  if (mark !== undefined) return {}
  if (field.kind === 'choice')
    return origin === 'typed'
      ? lookAtChoice(form, field, typed, language)
      : lookAtPicked(form, field, typed, language)
  if (field.kind === 'date') return lookAtDate(typed, language)
  if (NUMBERS.has(field.kind) && !/\p{Nd}/u.test(typed)) return { warning: 'noNumber' }
  if (field.kind === 'identity-number' && checkIdentityNumber(typed).length > 0) {
    return { warning: 'oddIdentity' }
  }
  return {}
}

function lookAtDate(typed: string, language: Language): Look {
  const date = readDate(typed)
  const read = dateInWords(typed, language)
  if (date === null || read === undefined) return { warning: 'notADate' }
  if (!isPossible(date)) return { warning: 'noSuchDay' }
  return { read }
}

function lookAtChoice(
  form: FormDefinition,
  field: FieldDefinition,
  typed: string,
  language: Language,
): Look {
  const chosen = chooseOption(choicesOf(form, field), typed, field.open)
  if (chosen.is === 'none') return field.open === true ? {} : { error: 'noOption' }
  if (chosen.is === 'several') return { error: 'manyOptions' }
  return { read: chosen.choice.option.label[language] }
}

function lookAtPicked(
  form: FormDefinition,
  field: FieldDefinition,
  typed: string,
  language: Language,
): Look {
  const picked = choicesOf(form, field).find(({ option }) => option.value === typed)
  const label = picked?.option.label[language]
  return label === undefined || label === typed ? {} : { read: label }
}
