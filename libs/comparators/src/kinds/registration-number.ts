import { AS_SEEN, type Folding, type KindRules, type Likeness } from '../kind-rules.ts'
import { DIFFER_IN_CASE } from '../variants/differ-in-case.ts'
import { DIFFER_IN_SEPARATOR } from '../variants/differ-in-punctuation.ts'

const BLANK_AT_SEPARATOR = / ?([/-]) ?/g
const ZEROS = /(?<!\d)0+(?=\d)/g

/** As `01/2018`: the number and its year. `01` and `1` are two numbers, unless the form says otherwise. */
export const SERIAL_FOLDINGS: readonly Folding[] = [
  ...AS_SEEN,
  { rule: 'blank-at-separator', fold: (value) => value.replace(BLANK_AT_SEPARATOR, '$1') },
  {
    rule: 'leading-zeros-ignored',
    fold: (value, { comparison }) =>
      comparison?.ignoreLeadingZeros === true ? withoutZeros(value) : value,
  },
]

export const DIFFER_IN_ZEROS: Likeness = {
  rule: 'leading-zeros',
  holds: (a, b) => withoutZeros(a) === withoutZeros(b),
}

function withoutZeros(text: string): string {
  return text.replace(ZEROS, '')
}

export const REGISTRATION_NUMBER: KindRules = {
  foldings: SERIAL_FOLDINGS,
  likenesses: [DIFFER_IN_ZEROS, DIFFER_IN_CASE, DIFFER_IN_SEPARATOR],
  // Of two numbers that differ none is nearer: 12 and 13 are two records.
  distance: () => 1,
  weight: 2,
}
