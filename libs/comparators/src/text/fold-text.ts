import { isNormal } from './latin-units.ts'

/** White space that is not a single blank between two characters. */
const SPACED = /[\t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]| {2}|^ | $/
const WHITE_SPACE = /\p{White_Space}+/gu
const BLANK_AT_END = /^ | $/g

/** One form for texts that differ only in Unicode form or white space: NFC, single blanks. */
export function foldText(text: string): string {
  if (isNormal(text)) return text
  const composed = text.normalize('NFC')
  // Looked for first: replacing is several times slower, and seldom needed.
  return SPACED.test(composed)
    ? composed.replace(WHITE_SPACE, ' ').replace(BLANK_AT_END, '')
    : composed
}
