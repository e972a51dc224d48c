import type { KindRules, Likeness } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'
import { REGISTRATION_NUMBER, SERIAL_FOLDINGS } from './registration-number.ts'

const WORDS_BESIDE = /^(?:(?:quyển|sổ|số|q|no)[.:]? ?)+(?=\d)/u

/** `Quyển số 01/2017` and `01/2017`. */
const WORDS_BESIDE_NUMBER: Likeness = {
  rule: 'words-beside-number',
  holds: (a, b) => numberAlone(a) === numberAlone(b),
}

function numberAlone(text: string): string {
  return lowerCase(text).replace(WORDS_BESIDE, '')
}

export const BOOK_NUMBER: KindRules = {
  foldings: SERIAL_FOLDINGS,
  likenesses: [...REGISTRATION_NUMBER.likenesses, WORDS_BESIDE_NUMBER],
  distance: () => 1,
  weight: 1,
}
