/** Latin as it stands in NFC, one code unit a letter: all of Vietnamese. */
const LATIN_END = 0x1f00
/** Where a word begins for `titleCase`; besides white space that is no blank, which no fast path knows. */
const BEFORE_WORDS = " '’.,;:/()&-"

const KNOWN = 1
const LETTER = 2
const DIGIT = 64
const CAPITAL = 4
const SMALL = 8
const BEFORE_WORD = 16
const LOOKS_LIKE_D_BAR = 32

/**
 * What there is to know of a code unit, looked up instead of asked of a regular expression: most of
 * what is typed is already as it is wanted, and this says so without making anything.
 */
const TRAITS = Uint8Array.from({ length: LATIN_END }, (_, unit) => traitsOf(unit))

function traitsOf(unit: number): number {
  const letter = String.fromCharCode(unit)
  const latin = /^[\p{Script=Latin}\x20-\x7e]$/u.test(letter)
  const [small, large] = [letter.toLowerCase(), letter.toUpperCase()]
  // Letters that become two, or do not lead back (ß, ı, İ), are left to the regular expressions.
  if (!latin || letter.normalize('NFC') !== letter || small.length + large.length !== 2) return 0
  if (letter !== small && letter !== large) return 0
  if (letter === large && small.toUpperCase() !== letter) return 0
  if (letter === small && large.toLowerCase() !== letter) return 0
  return (
    KNOWN |
    (/\p{L}/u.test(letter) ? LETTER : 0) |
    (/\d/.test(letter) ? DIGIT : 0) |
    (small !== large && letter === large ? CAPITAL : 0) |
    (small !== large && letter === small ? SMALL : 0) |
    (BEFORE_WORDS.includes(letter) ? BEFORE_WORD : 0) |
    (/[\u00d0\u0189\u00f0\u0256]/.test(letter) ? LOOKS_LIKE_D_BAR : 0)
  )
}

function traitsAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit < LATIN_END ? (TRAITS[unit] ?? 0) : 0
}

const BLANK = 0x20

/** Whether the text begins with a letter or digit; false also where that cannot be told so easily. */
export function beginsWithLetter(text: string): boolean {
  return text !== '' && (traitsAt(text, 0) & (LETTER | DIGIT)) !== 0
}

/** Whether `normaliseText` would give the text back: single blanks between Latin letters and signs. */
export function isNormal(text: string): boolean {
  let blank = true
  for (let at = 0; at < text.length; at += 1) {
    const traits = traitsAt(text, at)
    if ((traits & KNOWN) === 0 || (traits & LOOKS_LIKE_D_BAR) !== 0) return false
    const isBlank = text.charCodeAt(at) === BLANK
    if (isBlank && blank) return false
    blank = isBlank
  }
  return !blank || text === ''
}

/** Whether `titleCase` would give the text back: every word with one capital, at its beginning. */
export function isTitled(text: string): boolean {
  let begins = true
  for (let at = 0; at < text.length; at += 1) {
    const traits = traitsAt(text, at)
    if ((traits & KNOWN) === 0 || (traits & (begins ? SMALL : CAPITAL)) !== 0) return false
    begins = (traits & BEFORE_WORD) !== 0
  }
  return true
}

/** Whether the text is without capitals, in NFC and Latin: its own lower case. */
export function isSmall(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if ((traitsAt(text, at) & (KNOWN | CAPITAL)) !== KNOWN) return false
  }
  return true
}

/** Whether something holds for every word; false also where a text may have letters not known here. */
export function everyWord(text: string, holds: (word: string) => boolean): boolean {
  let start = 0
  for (let at = 0; at <= text.length; at += 1) {
    const traits = at === text.length ? KNOWN : traitsAt(text, at)
    if ((traits & KNOWN) === 0) return false
    if ((traits & LETTER) !== 0) continue
    if (at > start && !holds(text.slice(start, at))) return false
    start = at + 1
  }
  return true
}

/**
 * Where two texts begin to differ, if that is in a letter or digit, whatever their case: then they
 * differ in more than signs and capitals. -1: not so, or not to be told so easily.
 */
export function whereLettersDiffer(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  let at = 0
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  if (at === shorter) return -1
  if ((traitsAt(a, at) & (LETTER | DIGIT)) === 0) return -1
  if ((traitsAt(b, at) & (LETTER | DIGIT)) === 0) return -1
  return (a[at] ?? '').toLowerCase() === (b[at] ?? '').toLowerCase() ? -1 : at
}
