import { differingLetters, type Stretch } from './differing-letters.ts'
import { letterOf } from './letter.ts'
import { splitGraphemes } from './split-graphemes.ts'

/** One letter typed where another stands; '' where none stands, or none was typed. */
export interface ConfusedLetter {
  readonly truth: string
  readonly typed: string
}

export type HowConfused = 'tone' | 'quality' | 'tone-and-quality' | 'letter' | 'left-out' | 'added'

/** Texts further apart are other texts, and no letters were taken for others. */
const CONFUSED_MAX = 4
const TEXT_LENGTH_MAX = 400
/** A letter or a digit with its marks, whatever else people typed. */
const LETTER = /^[\p{L}\p{N}]\p{M}*$/u
const LETTER_LENGTH_MAX = 8

/**
 * Which letters of a text were taken for which, where it is a few: in lower case, since how a letter is
 * written large or small is not what was misread.
 */
export function confusedLetters(truth: string, typed: string): ConfusedLetter[] {
  if (Math.max(truth.length, typed.length) > TEXT_LENGTH_MAX) return []
  const [a, b] = [inSmallLetters(truth), inSmallLetters(typed)]
  const { first, second } = differingLetters(a, b)
  const stretches = first.map((one, at) => [lettersIn(a, one), lettersIn(b, second[at])] as const)
  const apart = stretches.reduce((sum, [x, y]) => sum + Math.max(x.length, y.length), 0)
  if (apart > CONFUSED_MAX) return []
  return stretches.flatMap(([x, y]) => pairUp(x, y)).filter(isOfLetters)
}

export function howConfused({ truth, typed }: ConfusedLetter): HowConfused {
  if (truth === '') return 'added'
  if (typed === '') return 'left-out'
  const [a, b] = [letterOf(truth), letterOf(typed)]
  if (a.base !== b.base) return 'letter'
  if (a.quality === b.quality) return 'tone'
  return a.tone === b.tone ? 'quality' : 'tone-and-quality'
}

function inSmallLetters(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function lettersIn(text: string, stretch: Stretch | undefined): string[] {
  return stretch === undefined ? [] : splitGraphemes(text.slice(stretch.start, stretch.end))
}

/** Of stretches of two lengths nobody can say which letter stands for which, unless one is empty. */
function pairUp(truth: readonly string[], typed: readonly string[]): ConfusedLetter[] {
  if (truth.length !== typed.length && truth.length > 0 && typed.length > 0) return []
  const longer = truth.length > typed.length ? truth : typed
  return longer.map((_, at) => ({ truth: truth[at] ?? '', typed: typed[at] ?? '' }))
}

function isOfLetters({ truth, typed }: ConfusedLetter): boolean {
  return [truth, typed].every(
    (one) => one === '' || (one.length <= LETTER_LENGTH_MAX && LETTER.test(one)),
  )
}
