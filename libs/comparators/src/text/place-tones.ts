import { remember } from '../remember.ts'
import { everyWord } from './latin-units.ts'

/** In an open oa, oe, uy the tone stands on the first vowel (hòa), or on the second (hoà). */
export type TonePlacement = 'old' | 'new'

/** Vowels without a tone, and each of them with huyền, sắc, hỏi, ngã, nặng. */
const VOWELS = 'aăâeêioôơuưy'
const TONE_MARKS = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323']

interface Toned {
  readonly vowel: string
  readonly mark: string
}
const TONED: ReadonlyMap<string, Toned> = new Map(
  [...VOWELS, ...VOWELS.toUpperCase()].flatMap((vowel) =>
    TONE_MARKS.map((mark) => [(vowel + mark).normalize('NFC'), { vowel, mark }] as const),
  ),
)
const WORDS = /[\p{L}\p{M}]+/gu
const HAS_TONED = new RegExp(`[${[...TONED.keys()].join('')}]`)
const SYLLABLE = new RegExp(
  `^(ngh|ng|nh|gh|kh|ph|th|tr|ch|gi(?=[${VOWELS}])|qu(?=[${VOWELS}])|[bcdđghklmnpqrstvx])?` +
    `([${VOWELS}]{1,3})(ch|nh|ng|[cmnpt])?$`,
)
/** What Vietnamese spells between consonants. `río` and `rió` are two words, and not Vietnamese. */
const NUCLEI = new Set(
  (
    'ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uy uô uơ ưa ưi ươ ưu yê ' +
    'iêu yêu oai oao oay oeo uai uao uay uây uêu uôi ươi ươu uya uyê uyu'
  ).split(' '),
)
/** The only ones whose tone has two places in good spelling. */
const OPEN_PAIRS = new Set(['oa', 'oe', 'uy'])
const WITH_QUALITY = /[ăâêôơư](?!.*[ăâêôơư])/

/**
 * Every Vietnamese syllable with its tone mark in one place: `hòa`, `khỏe`, `thúy` where spelling
 * allows two, and where it belongs when an old input method put it elsewhere. No tone is changed or
 * lost, and no word is touched that Vietnamese could not spell. The text must be in NFC.
 *
 * By default the older place (hòa, not hoà): most input methods put it there unasked, so most
 * registers and lists have it.
 */
export function placeTones(text: string, style: TonePlacement = 'old'): string {
  if (!HAS_TONED.test(text)) return text
  const place = PLACERS[style]
  // Looked at first: replacing is several times slower, and seldom needed.
  return everyWord(text, (word) => place(word) === word) ? text : text.replace(WORDS, place)
}

/** Vietnamese has some 7,000 syllables, and registers repeat the same few hundred. */
const WORDS_CACHED_MAX = 20_000
const LETTERS_CACHED_MAX = 12

const PLACERS: Record<TonePlacement, (word: string) => string> = {
  old: placerOf(0),
  new: placerOf(1),
}

function placerOf(place: 0 | 1): (word: string) => string {
  return remember((word) => (HAS_TONED.test(word) ? withTonePlaced(word, place) : word), {
    textsMax: WORDS_CACHED_MAX,
    lengthMax: LETTERS_CACHED_MAX,
  })
}

function withTonePlaced(word: string, open: 0 | 1): string {
  const letters = [...word]
  const at = letters.findIndex((letter) => TONED.has(letter))
  const toned = TONED.get(letters[at] ?? '')
  if (toned === undefined) return word
  letters[at] = toned.vowel
  if (letters.some((letter) => TONED.has(letter))) return word

  const place = toneAt(letters.join('').toLowerCase(), open)
  if (place === undefined) return word
  return letters.with(place, ((letters[place] ?? '') + toned.mark).normalize('NFC')).join('')
}

/**
 * Where the tone of this syllable stands; undefined for what is no syllable. `open`: on which vowel of
 * an open pair.
 */
function toneAt(plain: string, open: 0 | 1): number | undefined {
  const [, onset = '', nucleus, coda] = SYLLABLE.exec(plain) ?? []
  if (nucleus === undefined) return undefined
  if (nucleus.length === 1) return onset.length
  if (!NUCLEI.has(nucleus)) return undefined
  const quality = WITH_QUALITY.exec(nucleus)
  if (quality !== null) return onset.length + quality.index
  if (nucleus.length === 3 || coda !== undefined) return onset.length + 1
  return onset.length + (OPEN_PAIRS.has(nucleus) ? open : 0)
}
