import { AS_SEEN, type Folding, type KindRules, TONES_PLACED } from '../kind-rules.ts'
import { sentenceCase } from '../text/change-case.ts'
import { shareOfLettersApart } from '../text/letter-distance.ts'
import { DIFFER_IN_CASE } from '../variants/differ-in-case.ts'
import { DIFFER_IN_PUNCTUATION } from '../variants/differ-in-punctuation.ts'

/** Case counts in a text, unless its form says that it does not. */
const CASE_IF_IGNORED: Folding = {
  rule: 'case-ignored',
  fold: (value, { comparison }) => (comparison?.ignoreCase === true ? sentenceCase(value) : value),
}

export const FREE_TEXT: KindRules = {
  foldings: [...AS_SEEN, TONES_PLACED, CASE_IF_IGNORED],
  likenesses: [DIFFER_IN_CASE, DIFFER_IN_PUNCTUATION],
  distance: distanceInLetters,
  weight: 1,
}

/** Case is no distance in letters, but what differs is never at distance 0. */
export function distanceInLetters(a: string, b: string): number {
  return Math.max(shareOfLettersApart(a, b), DISTANCE_MIN)
}

const DISTANCE_MIN = 0.001
