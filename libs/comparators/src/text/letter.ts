/** A letter taken apart: what it is, the marks that make it another letter, its tone. */
export interface Letter {
  /** Equal for equal letters. */
  readonly key: string
  /** The same as a small number; null for letters that are met when there are too many already. */
  readonly number: number | null
  /** Lower case: how a letter is written large or small is no distance. */
  readonly base: string
  /** `^`, `(`, `+` for circumflex, breve and horn; `-` for the bar of đ; other marks themselves. */
  readonly quality: string
  /** As in Telex: f s r x j. More than one only where something is misspelt. */
  readonly tone: string
  /** Bases that are mistaken for this one in handwriting; at hand, since it is asked of every pair. */
  readonly looksLike: readonly string[]
}

const LOOK_ALIKE = 'nu iy rn cs gy ao uv mn hk bh 17 38 56 09'.split(' ')

const TONES: ReadonlyMap<string, string> = new Map([
  ['\u0300', 'f'],
  ['\u0301', 's'],
  ['\u0309', 'r'],
  ['\u0303', 'x'],
  ['\u0323', 'j'],
])
const QUALITIES: ReadonlyMap<string, string> = new Map([
  ['\u0302', '^'],
  ['\u0306', '('],
  ['\u031b', '+'],
])
const MARK = /^\p{M}$/u

const LETTERS_MAX = 10_000
const CACHED_LENGTH_MAX = 4
const cache = new Map<string, Letter>()

/** By their numbers, and the numbers by their keys. */
const letters: Letter[] = []
const numbers = new Map<string, number>()

export function countLetters(): number {
  return letters.length
}

export function numberedLetter(number: number): Letter | undefined {
  return letters[number]
}

/** The parts of one grapheme, in whatever Unicode form and case it comes. */
export function letterOf(grapheme: string): Letter {
  const known = cache.get(grapheme)
  if (known !== undefined) return known
  const letter = numbered(takeApart(grapheme))
  if (cache.size < LETTERS_MAX && grapheme.length <= CACHED_LENGTH_MAX) cache.set(grapheme, letter)
  return letter
}

function numbered(parts: Omit<Letter, 'number'>): Letter {
  const known = numbers.get(parts.key)
  if (known !== undefined || letters.length >= LETTERS_MAX) {
    return { ...parts, number: known ?? null }
  }
  const letter = { ...parts, number: letters.length }
  numbers.set(letter.key, letter.number)
  letters.push(letter)
  return letter
}

function takeApart(grapheme: string): Omit<Letter, 'number'> {
  let [base, quality, tone] = ['', '', '']
  for (const part of grapheme.toLowerCase().normalize('NFD')) {
    const [aTone, aQuality] = [TONES.get(part), QUALITIES.get(part)]
    if (base !== '' && aTone !== undefined) tone += aTone
    else if (base !== '' && aQuality !== undefined) quality += aQuality
    else if (base !== '' && MARK.test(part)) quality += part
    else if (part === 'đ') [base, quality] = [`${base}d`, `${quality}-`]
    else base += part
  }
  const looksLike = LOOK_ALIKE.filter((pair) => base.length === 1 && pair.includes(base))
  return {
    key: `${base}\0${quality}\0${tone}`,
    base,
    quality,
    tone,
    looksLike: looksLike.map((pair) => pair.replace(base, '')),
  }
}
