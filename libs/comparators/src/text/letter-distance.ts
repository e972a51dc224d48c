import { alignLetters, CELLS_MAX, LETTERS_MAX } from './align-letters.ts'
import { distanceOfNumbers } from './distance-of-numbers.ts'
import type { Letter } from './letter.ts'
import { type NumberedLetters, numberedLetters } from './numbered-letters.ts'

const TENTHS = 10

/** How far two texts are apart, letter by letter; case does not count. Sorts and explains, never accepts. */
export function letterDistance(a: string, b: string): number {
  return distanceBetween(numberedLetters(a), numberedLetters(b))
}

/** The same as a share of the longer text: 0 the same letters, 1 nothing in common. */
export function shareOfLettersApart(a: string, b: string): number {
  const [first, second] = [numberedLetters(a), numberedLetters(b)]
  const longest = Math.max(first.letters.length, second.letters.length)
  return longest === 0 ? 0 : distanceBetween(first, second) / longest
}

function distanceBetween(a: NumberedLetters, b: NumberedLetters): number {
  const { start, endA, endB } = middleOf(a.letters, b.letters)
  const [rows, columns] = [endA - start, endB - start]
  const longest = Math.max(rows, columns)
  if (rows === 0 || columns === 0 || longest > LETTERS_MAX) return longest
  if (a.numbers !== null && b.numbers !== null && (rows + 1) * (columns + 1) <= CELLS_MAX) {
    const first = { letters: a.letters, numbers: a.numbers, start, end: endA }
    const second = { letters: b.letters, numbers: b.numbers, start, end: endB }
    return distanceOfNumbers(first, second) / TENTHS
  }
  const [middleA, middleB] = [a.letters.slice(start, endA), b.letters.slice(start, endB)]
  const [longer, shorter] = rows < columns ? [middleB, middleA] : [middleA, middleB]
  return alignLetters(longer, shorter).at(longer.length, shorter.length) / TENTHS
}

/** What is left without the common beginning and end, which no cheaper path could use otherwise. */
export function middleOf(a: readonly Letter[], b: readonly Letter[]) {
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start]?.key === b[start]?.key) start += 1
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1]?.key === b[endB - 1]?.key) {
    endA -= 1
    endB -= 1
  }
  return { start, endA, endB }
}
