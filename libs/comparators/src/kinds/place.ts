import { AS_SEEN, type Folding, type KindRules, TONES_PLACED } from '../kind-rules.ts'
import { titleCase } from '../text/change-case.ts'
import { normaliseText } from '../text/normalise-text.ts'
import { DIFFER_IN_ABBREVIATION } from '../variants/differ-in-abbreviation.ts'
import { DIFFER_IN_I_FOR_Y } from '../variants/differ-in-i-for-y.ts'
import {
  DIFFER_IN_PLACE_SPELLING,
  DIFFER_IN_UNIT_WORD,
} from '../variants/differ-in-place-spelling.ts'
import { DIFFER_IN_PUNCTUATION } from '../variants/differ-in-punctuation.ts'
import { distanceInLetters } from './free-text.ts'

const COMMA = / ?, ?/g
/** With blanks around it a hyphen parts two places, as a comma does. */
const HYPHEN_IN_NAME = /(?<=[\p{L}\p{M}])[-\u2010\u2011](?=\p{L})/gu
/** Abbreviations that are written in capitals also where names are not. */
const CAPITALS = /(?<![\p{L}\p{M}])(?:ubnd|tp|tx|tt|hcm)(?![\p{L}\p{M}])/giu

const BLANK_AT_COMMA: Folding = {
  rule: 'blank-at-separator',
  fold: (value) => normaliseText(value.replace(COMMA, ', ')),
}
const HYPHEN_FOR_BLANK: Folding = {
  rule: 'hyphen-for-blank',
  fold: (value) => value.replace(HYPHEN_IN_NAME, ' '),
}
const PLACES_IN_ONE_CASE: Folding = {
  rule: 'case-ignored',
  fold: (value) => titleCase(value).replace(CAPITALS, (word) => word.toUpperCase()),
}

/** Places whose names differ in a tone or a mark are different places. */
export const PLACE: KindRules = {
  foldings: [...AS_SEEN, TONES_PLACED, BLANK_AT_COMMA, HYPHEN_FOR_BLANK, PLACES_IN_ONE_CASE],
  likenesses: [
    DIFFER_IN_PUNCTUATION,
    DIFFER_IN_I_FOR_Y,
    DIFFER_IN_UNIT_WORD,
    DIFFER_IN_PLACE_SPELLING,
    DIFFER_IN_ABBREVIATION,
  ],
  distance: distanceInLetters,
  weight: 2,
}
