import type { FieldDefinition } from '@songnhap/contracts'
import type { Rule } from './reasons.ts'
import { foldText } from './text/fold-text.ts'
import { normaliseText } from './text/normalise-text.ts'
import { placeTones } from './text/place-tones.ts'

/** One step towards the standard form. Values that meet at a step are equivalent by its rule. */
export interface Folding {
  readonly rule: Rule
  readonly fold: (value: string, field: FieldDefinition) => string
}

/** Says of two standard forms that they may be one thing, spelt otherwise. Symmetric. */
export interface Likeness {
  readonly rule: Rule
  readonly holds: (a: string, b: string) => boolean
}

/** How values of one kind of field compare. */
export interface KindRules {
  /** In order; all of them make the standard form. Done twice, they change nothing more. */
  readonly foldings: readonly Folding[]
  /** In order; the first that holds names the variant. */
  readonly likenesses: readonly Likeness[]
  /** Of two standard forms that differ: above 0, at most 1. */
  readonly distance: (a: string, b: string) => number
  /**
   * How much a field of this kind says about which record it is, against others of the form: a name
   * tells two records apart, a sex hardly.
   */
  readonly weight: number
  /** Codes of what differs, or is odd, in two standard forms that differ. */
  readonly detail?: (a: string, b: string) => readonly string[]
}

/** What every kind begins with: how the text is stored and what nobody can see is no content. */
export const AS_SEEN: readonly Folding[] = [
  { rule: 'nfc-white-space', fold: foldText },
  { rule: 'look-alike-letter', fold: normaliseText },
]

export const TONES_PLACED: Folding = {
  rule: 'tone-placement',
  fold: (value, { comparison }) => placeTones(value, comparison?.tonePlacement),
}
