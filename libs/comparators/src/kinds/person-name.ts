import { AS_SEEN, type Folding, type KindRules, TONES_PLACED } from '../kind-rules.ts'
import { titleCase } from '../text/change-case.ts'
import { DIFFER_IN_ABBREVIATION } from '../variants/differ-in-abbreviation.ts'
import { DIFFER_IN_I_FOR_Y } from '../variants/differ-in-i-for-y.ts'
import { DIFFER_IN_ONE_WORD } from '../variants/differ-in-one-word.ts'
import { DIFFER_IN_PUNCTUATION } from '../variants/differ-in-punctuation.ts'
import { distanceInLetters } from './free-text.ts'

const HYPHEN = /(?<=[\p{L}\p{M}]) ?[-\u2010\u2011] ?(?=\p{L})/gu

/** Looked for first: replacing is several times slower, and seldom needed. */
const ANY_HYPHEN = /[-\u2010\u2011]/

const HYPHEN_FOR_BLANK: Folding = {
  rule: 'hyphen-for-blank',
  fold: (value) => (ANY_HYPHEN.test(value) ? value.replace(HYPHEN, ' ') : value),
}

/** Registers write names in capitals or not: both are one name, and neither is better. */
const NAMES_IN_ONE_CASE: Folding = { rule: 'case-ignored', fold: titleCase }

/** A name is as somebody is called in law: no letter, tone or word of it is ever passed over. */
export const PERSON_NAME: KindRules = {
  foldings: [...AS_SEEN, TONES_PLACED, HYPHEN_FOR_BLANK, NAMES_IN_ONE_CASE],
  likenesses: [
    DIFFER_IN_PUNCTUATION,
    DIFFER_IN_I_FOR_Y,
    DIFFER_IN_ABBREVIATION,
    DIFFER_IN_ONE_WORD,
  ],
  distance: distanceInLetters,
  weight: 5,
}
