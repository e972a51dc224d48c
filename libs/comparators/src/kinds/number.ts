import { AS_SEEN, type KindRules } from '../kind-rules.ts'
import { DIFFER_IN_PUNCTUATION } from '../variants/differ-in-punctuation.ts'
import { distanceInLetters } from './free-text.ts'

/**
 * Any number as it is written, fractions and old currencies too. Nothing is known of its layout, so
 * it compares as a text; `integer` and `money` know more.
 */
export const NUMBER: KindRules = {
  foldings: AS_SEEN,
  likenesses: [DIFFER_IN_PUNCTUATION],
  distance: distanceInLetters,
  weight: 1,
}
