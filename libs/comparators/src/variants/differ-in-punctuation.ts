import type { Likeness } from '../kind-rules.ts'
import { whereLettersDiffer } from '../text/latin-units.ts'

const SEPARATORS = /[\p{P}\p{Z}]+/gu
const NOT_SEPARATOR = /[^\p{P}\p{Z}]/u
const DIGIT = /^\d$/

/** `H'Mông`, `HMông` and `H Mông`; also letters and digits joined or apart. */
export const DIFFER_IN_PUNCTUATION: Likeness = {
  rule: 'punctuation',
  holds: (a, b) => {
    if (whereLettersDiffer(a, b) !== -1 || !beginAlike(a, b)) return false
    const [left, right] = [lettersOnly(a), lettersOnly(b)]
    return left !== '' && left === right
  },
}

/** Asked of every pair that differs, and nearly always answered by the first letter. */
function beginAlike(a: string, b: string): boolean {
  const [left = '', right = ''] = [NOT_SEPARATOR.exec(a)?.[0], NOT_SEPARATOR.exec(b)?.[0]]
  return left.toLowerCase()[0] === right.toLowerCase()[0]
}

/** Between digits a point or a slash is content: 1/2 is not 12. */
function lettersOnly(text: string): string {
  const letters = text.replace(SEPARATORS, (run: string, at: number) => {
    const [before = '', after = ''] = [text[at - 1], text[at + run.length]]
    return DIGIT.test(before) && DIGIT.test(after) ? '/' : ''
  })
  return letters.toLowerCase()
}

/** `01-2018` and `01/2018`: another separator, but at the same places. */
export const DIFFER_IN_SEPARATOR: Likeness = {
  rule: 'punctuation',
  holds: (a, b) => a.replace(SEPARATORS, '/') === b.replace(SEPARATORS, '/'),
}
