import { type Letter, letterOf } from './letter.ts'
import { splitGraphemes } from './split-graphemes.ts'

/** A text as its letters, and as their numbers: null where one of them has none. */
export interface NumberedLetters {
  readonly letters: readonly Letter[]
  readonly numbers: Uint16Array | null
}

/** A page holds each of its texts against many others. */
const TEXTS_CACHED_MAX = 4096
const LENGTH_CACHED_MAX = 80
const cache = new Map<string, NumberedLetters>()

export function numberedLetters(text: string): NumberedLetters {
  const known = cache.get(text)
  if (known !== undefined) return known
  const letters = splitGraphemes(text.normalize('NFC')).map(letterOf)
  const all = letters.flatMap(({ number }) => number ?? [])
  const numbered = {
    letters,
    numbers: all.length === letters.length ? Uint16Array.from(all) : null,
  }
  if (text.length > LENGTH_CACHED_MAX) return numbered
  if (cache.size >= TEXTS_CACHED_MAX) cache.clear()
  cache.set(text, numbered)
  return numbered
}
