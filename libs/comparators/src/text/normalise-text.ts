import { foldText } from './fold-text.ts'
import { isNormal } from './latin-units.ts'

/** Other letters that look like Đ and đ, where an input method or a font made the wrong one. */
const LOOK_ALIKE = /[\u00d0\u0189\u00f0\u0256]/g
const D_BAR: Readonly<Record<string, string>> = {
  '\u00d0': '\u0110',
  '\u0189': '\u0110',
  '\u00f0': '\u0111',
  '\u0256': '\u0111',
}
/** Draws nothing and means nothing: zero width space, word joiner, BOM, soft hyphen, direction marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]+/g
const OUT_OF_THE_ORDINARY = /[\u00ad\u200b-\u200f\u2060\ufeff\u00d0\u0189\u00f0\u0256]/
const JOINERS = /[^\u200c\u200d]+/g
const JOINS_NOTHING = /\p{Script=Latin}|\p{White_Space}|[\u0300-\u036f]/u

/**
 * The text that both of two readings are before anything else is asked: Unicode form NFC, one code
 * point for Đ and đ, nothing invisible, single blanks. Every letter, tone, case and digit stays.
 */
export function normaliseText(text: string): string {
  if (isNormal(text)) return text
  if (!OUT_OF_THE_ORDINARY.test(text)) return foldText(text)
  // Removed first: an invisible character may stand between a letter and its mark.
  const visible = text.replace(INVISIBLE, dropInvisible)
  return foldText(foldText(visible).replace(LOOK_ALIKE, (letter) => D_BAR[letter] ?? letter))
}

/** Joiners form letters in Persian, Hindi and others; beside a Latin letter they do nothing. */
function dropInvisible(run: string, at: number, text: string): string {
  const before = text[at - 1]
  return before === undefined || JOINS_NOTHING.test(before) ? '' : run.replace(JOINERS, '')
}
