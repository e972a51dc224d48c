import { compareReadings, differingLetters, isWrong, type Stretch } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, Mark, Reading } from '@songnhap/contracts'
import { choicesOf, pickOption } from '../desk/choose-option.ts'
import type { DraftField } from '../desk/draft.ts'
import { describeDifference, type LetterDifference } from './describe-difference.ts'

const DATE_PARTS = ['day', 'month', 'year', 'calendar'] as const
type DatePart = (typeof DATE_PARTS)[number]

/** Why a reading is not what stands on the page. */
export type Explanation =
  /** The page has no text here, or not all of it, and there is a key that says so. */
  | { readonly is: 'mark'; readonly wanted: Mark; readonly pressed: Mark | undefined }
  /** Something can be read where a mark says that nothing can. */
  | { readonly is: 'text'; readonly pressed: Mark | undefined }
  | {
      readonly is: 'letters'
      readonly typed: string
      readonly written: string
      readonly typedApart: readonly Stretch[]
      readonly writtenApart: readonly Stretch[]
      /** Of the first place. */
      readonly difference: LetterDifference
    }
  | {
      readonly is: 'date'
      readonly typed: string
      readonly written: string
      readonly parts: readonly DatePart[]
    }
  | { readonly is: 'choice'; readonly written: { readonly vi: string; readonly en: string } }

const UNREADABLE_LETTERS = /\?+(?:\s*\?+)*/g

/** What is to be said about a field as it stands; undefined where it says what the page says. */
export function explain(
  form: FormDefinition,
  field: FieldDefinition,
  here: DraftField,
  truth: Reading,
): Explanation | undefined {
  const { typed, mark } = pickOption(form, field, here) ?? here
  // A field that is neither typed nor marked says nothing, even of a page that has nothing here.
  if (typed === '' && mark === undefined) {
    return truth.mark === undefined
      ? { is: 'text', pressed: undefined }
      : { is: 'mark', wanted: truth.mark, pressed: undefined }
  }
  const reading = { value: atOnce(typed), mark }
  const wanted = { value: atOnce(truth.value), mark: truth.mark }
  if (!isWrong(field, reading, wanted)) return undefined
  if (truth.mark !== undefined && truth.mark !== mark) {
    return { is: 'mark', wanted: truth.mark, pressed: mark }
  }
  if (mark !== undefined && mark !== truth.mark) return { is: 'text', pressed: mark }
  return explainValue(form, field, reading.value, wanted.value)
}

/** However many signs stand for what cannot be read. */
function atOnce(value: string): string {
  return value.replace(UNREADABLE_LETTERS, '?')
}

function explainValue(
  form: FormDefinition,
  field: FieldDefinition,
  typed: string,
  written: string,
): Explanation {
  if (field.kind === 'choice') {
    const choice = choicesOf(form, field).find(({ option }) => option.value === written)
    if (choice !== undefined) return { is: 'choice', written: choice.option.label }
  }
  if (field.kind === 'date') {
    const { detail } = compareReadings(field, { value: typed }, { value: written })
    const parts = DATE_PARTS.filter((part) => detail.includes(part))
    if (parts.length > 0) return { is: 'date', typed, written, parts }
  }
  return explainLetters(typed, written)
}

function explainLetters(typedAs: string, writtenAs: string): Explanation {
  const [typed, written] = [typedAs.normalize('NFC'), writtenAs.normalize('NFC')]
  const { first, second } = differingLetters(typed, written)
  const difference = describeDifference(cut(typed, first[0]), cut(written, second[0]))
  return {
    is: 'letters',
    typed,
    written,
    typedApart: first,
    writtenApart: second,
    difference,
  }
}

function cut(text: string, stretch: Stretch | undefined): string {
  return stretch === undefined ? text : text.slice(stretch.start, stretch.end)
}
