import { normaliseText } from '../text/normalise-text.ts'
import { placeTones } from '../text/place-tones.ts'
import { numberBelowHundred } from './number-words.ts'

const IN_DIGITS = /^(\d{1,3}) ?tuổi$/
const IN_WORDS = /^([\p{L} ]{2,20}) tuổi$/u

/** `45 tuổi` where a date of birth was asked for, in one form; no year is made of it. */
export function readAge(text: string): string | null {
  const normal = placeTones(normaliseText(text).toLowerCase().normalize('NFC'))
  const digits = IN_DIGITS.exec(normal)?.[1]
  const words = IN_WORDS.exec(normal)?.[1]
  const age =
    digits !== undefined
      ? Number(digits)
      : words === undefined
        ? undefined
        : numberBelowHundred(words.split(' '))
  return age === undefined ? null : `${age} tuổi`
}
