import type { FieldDefinition, SettledValue } from '@songnhap/contracts'
import { type Content, compareReadings } from './compare-readings.ts'
import type { Outcome } from './outcome.ts'
import { RULES_OF_KIND } from './rules-of-kind.ts'
import { commonForm } from './standard-form.ts'
import { normaliseText } from './text/normalise-text.ts'
import { splitGraphemes } from './text/split-graphemes.ts'

type SettledContent = Pick<SettledValue, 'value' | 'mark'>

/**
 * What is settled where two readings are accepted without a person. It is one of their forms, and the
 * same whichever is named first; both stay as they were typed. Give what the readings stand for
 * (`meant`) where one is a ditto mark.
 */
export function settledForm(
  field: FieldDefinition,
  a: Content,
  b: Content,
  { class: found, rule }: Pick<Outcome, 'class' | 'rule'>,
): SettledContent {
  if (rule === 'ditto-resolved') return settledForm(field, a, b, compareReadings(field, a, b))
  switch (found) {
    case 'identical':
      return contentOf(a, a.value)
    case 'both-blank':
      return a.value === b.value && a.mark === b.mark
        ? contentOf(a, a.value)
        : { value: '', mark: 'blank' }
    case 'equivalent':
    case 'formatting':
      return contentOf(a, agreedText(field, a.value, b.value, rule))
    case 'variant':
      return contentOf(a, fullerText(a.value, b.value))
    default:
      throw new Error(`readings of the class ${found} are settled by a person`)
  }
}

function contentOf({ mark }: Content, value: string): SettledContent {
  return mark === undefined ? { value } : { value, mark }
}

/** Of a name in capitals and one in capital and small letters, the latter says more: McDonald. */
function agreedText(field: FieldDefinition, a: string, b: string, rule: string): string {
  const common = commonForm(field, a, rule)
  if (rule !== 'case-ignored') return common
  const { foldings } = RULES_OF_KIND[field.kind]
  const before = foldings.slice(
    0,
    foldings.findIndex((folding) => folding.rule === rule),
  )
  const cased = [a, b].map((text) => before.reduce((form, { fold }) => fold(form, field), text))
  const proper = cased.filter(isProperlyCased)
  const [one, other] = proper
  return one !== undefined && (other === undefined || other === one) ? one : common
}

const WORDS = /[\p{L}\p{M}]+/gu
const CAPITAL_FIRST = /^\p{Lu}/u
const CAPITALS_SIDE_BY_SIDE = /\p{Lu}\p{M}*\p{Lu}/u
const CAPITAL_LAST = /[\p{L}\p{M}]\p{Lu}\p{M}*$/u

/** Capitals as somebody meant them: one begins each word, others stand alone inside. `NGuyễn` slipped. */
function isProperlyCased(text: string): boolean {
  const words = text.match(WORDS) ?? []
  const small = words.some((word) => word !== word.toUpperCase())
  return small && words.every(isProperWord)
}

function isProperWord(word: string): boolean {
  return CAPITAL_FIRST.test(word) && !CAPITALS_SIDE_BY_SIDE.test(word) && !CAPITAL_LAST.test(word)
}

/** The longer in letters: what is written out, not what is left out. Else the smaller in code points. */
function fullerText(a: string, b: string): string {
  const [left, right] = [normaliseText(a), normaliseText(b)]
  const more = splitGraphemes(left).length - splitGraphemes(right).length
  if (more !== 0) return more > 0 ? left : right
  return comesFirst([...left], [...right]) ? left : right
}

function comesFirst(a: readonly string[], b: readonly string[]): boolean {
  const at = a.findIndex((letter, index) => letter !== b[index])
  if (at === -1) return true
  return (a[at]?.codePointAt(0) ?? 0) < (b[at]?.codePointAt(0) ?? -1)
}
