import type { Likeness } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'

/** Between words, and after the point of an abbreviation that touches the next word. */
const BETWEEN_WORDS = / +|(?<=[.~])(?=\p{L})/u
const SHORTENED = /^([\p{L}\p{M}]+)[.~]$/u
const SIGN = /[.~]/
const WORDS_MAX = 60

/** `Ng. Văn An`, `Ng~ Văn An` and `Nguyễn Văn An`: word by word, each in full or a beginning of it. */
export const DIFFER_IN_ABBREVIATION: Likeness = {
  rule: 'abbreviation',
  holds: (a, b) => {
    if (!SIGN.test(a) && !SIGN.test(b)) return false
    const [left, right] = [wordsOf(a), wordsOf(b)]
    if (left.length !== right.length || left.length > WORDS_MAX) return false
    return left.every((word, at) => isSame(word, right[at] ?? ''))
  },
}

function wordsOf(text: string): string[] {
  return lowerCase(text).split(BETWEEN_WORDS)
}

function isSame(a: string, b: string): boolean {
  return a === b || abbreviates(a, b) || abbreviates(b, a)
}

function abbreviates(short: string, word: string): boolean {
  const beginning = SHORTENED.exec(short)?.[1]
  return beginning !== undefined && beginning.length < word.length && word.startsWith(beginning)
}
