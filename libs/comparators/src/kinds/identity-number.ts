import { checkIdentityNumber } from '../check-identity-number.ts'
import { AS_SEEN, type KindRules } from '../kind-rules.ts'
import { DIFFER_IN_CASE } from '../variants/differ-in-case.ts'
import { distanceInLetters } from './free-text.ts'

const BLANK_BETWEEN_DIGITS = /(?<=\d) (?=\d)/g
const BETWEEN_DIGITS = /(?<=\d)[ .-](?=\d)/g

/** Grouping is layout, each digit is content: there is no check digit that could tell which one is wrong. */
export const IDENTITY_NUMBER: KindRules = {
  foldings: [
    ...AS_SEEN,
    { rule: 'number-layout', fold: (value) => value.replace(BLANK_BETWEEN_DIGITS, '') },
  ],
  likenesses: [
    {
      rule: 'punctuation',
      holds: (a, b) => a.replace(BETWEEN_DIGITS, '') === b.replace(BETWEEN_DIGITS, ''),
    },
    DIFFER_IN_CASE,
  ],
  distance: distanceInLetters,
  detail: (a, b) => {
    const [first, second] = [checkIdentityNumber(a), checkIdentityNumber(b)]
    return [...new Set([...first, ...second])].sort()
  },
  weight: 4,
}
