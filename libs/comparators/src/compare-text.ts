import type { Outcome } from './outcome.ts'
import { foldText } from './text/fold-text.ts'

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
