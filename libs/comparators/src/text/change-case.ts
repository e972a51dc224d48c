import { isSmall, isTitled } from './latin-units.ts'

/** A beginning of a word, with what stands before it. */
const WORD_BEGINNING = /(^|[\s'’.,;:/()&-])(\p{L})/gu
const FIRST_LETTER = /\p{L}/u

/** Every word with a capital, everything else small: one form for names written in either way. */
export function titleCase(text: string): string {
  if (isTitled(text)) return text
  return lowerCase(text).replace(
    WORD_BEGINNING,
    (_, before: string, letter: string) => before + capital(letter),
  )
}

/** The first letter a capital, everything else small. */
export function sentenceCase(text: string): string {
  return lowerCase(text).replace(FIRST_LETTER, capital)
}

export function lowerCase(text: string): string {
  return isSmall(text) ? text : text.toLowerCase().normalize('NFC')
}

/** Only where it leads back: ß and the Turkish ı would become another letter for good. */
function capital(letter: string): string {
  const upper = letter.toUpperCase()
  return upper.toLowerCase() === letter ? upper : letter
}
