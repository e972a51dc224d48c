import { letterOf } from './letter.ts'
import { normaliseText } from './normalise-text.ts'
import { splitGraphemes } from './split-graphemes.ts'

const BETWEEN_SYLLABLES = /[ -]+/

/**
 * A key in plain letters under which the place of a tone mark does not count: `Hoà` and `Hòa` are
 * both `hoaf`. Null when a syllable has two tone marks or more: two syllables written as one, or a
 * misspelling.
 *
 * For sorting and suggesting only. It does not tell `hoà` from a typist's unfinished `hoaf`, and
 * moves tones in other languages' words; what counts as the same is decided by `placeTones`.
 */
export function syllableKey(text: string): string | null {
  const keys = normaliseText(text).split(BETWEEN_SYLLABLES).filter(Boolean).map(keyOf)
  return keys.includes(null) ? null : keys.join(' ')
}

function keyOf(syllable: string): string | null {
  const letters = splitGraphemes(syllable).map(letterOf)
  const tones = letters.map(({ tone }) => tone).join('')
  if (tones.length > 1) return null
  return letters.map(({ base, quality }) => base + quality).join('') + tones
}
