import { alignLetters, LETTERS_MAX } from './align-letters.ts'
import { type Letter, letterOf } from './letter.ts'
import { splitGraphemes } from './split-graphemes.ts'

const TENTHS = 10

/** How far two texts are apart, letter by letter; case does not count. Sorts and explains, never accepts. */
export function letterDistance(a: string, b: string): number {
  return distanceBetween(lettersOf(a), lettersOf(b))
}

/** The same as a share of the longer text: 0 the same letters, 1 nothing in common. */
export function shareOfLettersApart(a: string, b: string): number {
  const [lettersA, lettersB] = [lettersOf(a), lettersOf(b)]
  const longest = Math.max(lettersA.length, lettersB.length)
  return longest === 0 ? 0 : distanceBetween(lettersA, lettersB) / longest
}

function lettersOf(text: string): Letter[] {
  return splitGraphemes(text.normalize('NFC')).map(letterOf)
}

function distanceBetween(a: readonly Letter[], b: readonly Letter[]): number {
  const { start, endA, endB } = middleOf(a, b)
  const [middleA, middleB] = [a.slice(start, endA), b.slice(start, endB)]
  const [longer, shorter] =
    middleA.length < middleB.length ? [middleB, middleA] : [middleA, middleB]
  if (longer.length > LETTERS_MAX) return longer.length
  return alignLetters(longer, shorter).at(longer.length, shorter.length) / TENTHS
}

/** What is left without the common beginning and end, which no cheaper path could use otherwise. */
export function middleOf(a: readonly Letter[], b: readonly Letter[]) {
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start]?.key === b[start]?.key) start += 1
  let end = 0
  while (end < shortest - start && a.at(-1 - end)?.key === b.at(-1 - end)?.key) end += 1
  return { start, endA: a.length - end, endB: b.length - end }
}
