import type { Outcome } from './outcome.ts'

const WHITE_SPACE = /\p{White_Space}+/gu
const BLANK_AT_END = /^ | $/g

const IDENTICAL: Outcome = {
  class: 'identical',
  rule: 'identical',
  reason: 'Both readers wrote the same characters',
}
const SAME_TEXT: Outcome = {
  class: 'formatting',
  rule: 'nfc-white-space',
  reason: 'Only the Unicode form or the white space differs',
}
const OTHER_TEXT: Outcome = {
  class: 'different',
  rule: 'value-differs',
  reason: 'The readers wrote different characters',
}

export function compareText(a: string, b: string): Outcome {
  if (a === b) return IDENTICAL
  return foldText(a) === foldText(b) ? SAME_TEXT : OTHER_TEXT
}

/** Keeps every letter, tone, case and punctuation mark. */
/** One form for texts that differ only in Unicode form or white space: NFC, single blanks. */
export function foldText(text: string): string {
  return text.normalize('NFC').replace(WHITE_SPACE, ' ').replace(BLANK_AT_END, '')
}
