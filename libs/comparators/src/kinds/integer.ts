import { AS_SEEN, type KindRules } from '../kind-rules.ts'
import { distanceInLetters } from './free-text.ts'
import { DIFFER_IN_ZEROS } from './registration-number.ts'

/** One kind of separator, three digits after each. */
const GROUPED = /^-?\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+)$/
const SEPARATORS = /[., ]/g

export const INTEGER: KindRules = {
  foldings: [
    ...AS_SEEN,
    {
      rule: 'number-layout',
      fold: (value) => (GROUPED.test(value) ? value.replace(SEPARATORS, '') : value),
    },
  ],
  likenesses: [DIFFER_IN_ZEROS],
  distance: distanceInLetters,
  weight: 1,
}
