import type { Likeness } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'
import { placeTones } from '../text/place-tones.ts'

const WORDS = /[\p{L}\p{M}]+\.?/gu
const BLANKS = / +/g
const BLANK_BEFORE_COMMA = / ,/g
const IN_FULL: Readonly<Record<string, string>> = {
  tx: 'thị xã',
  'tx.': 'thị xã',
  tp: 'thành phố',
  'tp.': 'thành phố',
  tt: 'thị trấn',
  'tt.': 'thị trấn',
  't.': 'tỉnh',
  'h.': 'huyện',
  'q.': 'quận',
  'p.': 'phường',
  'x.': 'xã',
  ubnd: 'ủy ban nhân dân',
}
/** Names from other languages of the country that are written in several ways. */
const SPELT: Readonly<Record<string, string>> = {
  đắc: 'đắk',
  đak: 'đắk',
  đăk: 'đắk',
  lắc: 'lắk',
  lak: 'lắk',
  lăk: 'lắk',
}

/** `Tx. Vinh` and `Thị xã Vinh`. A table, since no other letter of a name may be guessed at. */
export const DIFFER_IN_UNIT_WORD: Likeness = {
  rule: 'abbreviation',
  holds: (a, b) => mapWords(a, IN_FULL) === mapWords(b, IN_FULL),
}

/** `Đắk Lắk`, `Đắc Lắc`, `Đak Lăk`. */
export const DIFFER_IN_PLACE_SPELLING: Likeness = {
  rule: 'place-spelling',
  holds: (a, b) => mapWords(a, SPELT) === mapWords(b, SPELT),
}

function mapWords(text: string, words: Readonly<Record<string, string>>): string {
  const mapped = placeTones(lowerCase(text)).replace(WORDS, (word) => {
    const found = Object.hasOwn(words, word) ? words[word] : undefined
    return found === undefined ? word : ` ${found} `
  })
  return mapped.replace(BLANKS, ' ').replace(BLANK_BEFORE_COMMA, ',').trim()
}
