import { remember } from '../remember.ts'
import { type Letter, letterOf } from './letter.ts'
import { splitGraphemes } from './split-graphemes.ts'

/** A text as its letters, by their numbers; null for a text with a letter that has none. */
export type NumberedText = readonly number[] | null

/** A page holds each of its texts against many others. */
export const numberedText = remember(
  (text): NumberedText => numbersOfUnits(text) ?? numbersOfGraphemes(text),
  { textsMax: 4096, lengthMax: 80 },
)

/** Of code units that are a letter each, whatever stands beside them; made when first met. */
const ONE_LETTER = /^[\x20-\x7e\xa1-\xac\xae-\u02af\u1e00-\u1eff]$/
const UNITS_END = 0x1f00
const UNKNOWN = -1
const numberOfUnit = new Int16Array(UNITS_END).fill(UNKNOWN)

/** Null where the text is to be taken apart by the rules of Unicode. */
function numbersOfUnits(text: string): NumberedText {
  const numbers: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit >= UNITS_END) return null
    let number = numberOfUnit[unit] ?? UNKNOWN
    if (number === UNKNOWN) {
      const letter = text.charAt(at)
      number = ONE_LETTER.test(letter) ? (letterOf(letter).number ?? UNKNOWN) : UNKNOWN
      if (number === UNKNOWN) return null
      numberOfUnit[unit] = number
    }
    numbers.push(number)
  }
  return numbers
}

function numbersOfGraphemes(text: string): NumberedText {
  const numbers: number[] = []
  for (const grapheme of splitGraphemes(text.normalize('NFC'))) {
    const { number } = letterOf(grapheme)
    if (number === null) return null
    numbers.push(number)
  }
  return numbers
}

/** For texts with letters that have no number. */
export function lettersIn(text: string): Letter[] {
  return splitGraphemes(text.normalize('NFC')).map(letterOf)
}
