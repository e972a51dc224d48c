import { alignLetters, CELLS_MAX, LETTERS_MAX } from './align-letters.ts'
import { distanceOfNumbers } from './distance-of-numbers.ts'
import { lettersIn, numberedText } from './numbered-letters.ts'

const TENTHS = 10

/** How far two texts are apart, letter by letter; case does not count. Sorts and explains, never accepts. */
export function letterDistance(a: string, b: string): number {
  return apartOf(a, b).distance
}

/** The same as a share of the longer text: 0 the same letters, 1 nothing in common. */
export function shareOfLettersApart(a: string, b: string): number {
  const { distance, longest } = apartOf(a, b)
  return longest === 0 ? 0 : distance / longest
}

interface Apart {
  readonly distance: number
  /** Letters of the longer text. */
  readonly longest: number
}

function apartOf(a: string, b: string): Apart {
  const [first, second] = [numberedText(a), numberedText(b)]
  if (first === null || second === null) return apartByLetters(a, b)
  const longest = Math.max(first.length, second.length)
  const middle = middleOf(first, second)
  const alike = distanceOfEnds(middle)
  if (alike !== null) return { distance: alike, longest }
  const { start, endA, endB } = middle
  if ((endA - start + 1) * (endB - start + 1) > CELLS_MAX) return apartByLetters(a, b)
  const tenths = distanceOfNumbers(
    { numbers: first, start, end: endA },
    { numbers: second, start, end: endB },
  )
  return { distance: tenths / TENTHS, longest }
}

function apartByLetters(a: string, b: string): Apart {
  const [first, second] = [lettersIn(a), lettersIn(b)]
  const longest = Math.max(first.length, second.length)
  const middle = middleOf(
    first.map(({ key }) => key),
    second.map(({ key }) => key),
  )
  const alike = distanceOfEnds(middle)
  if (alike !== null) return { distance: alike, longest }
  const { start, endA, endB } = middle
  const [x, y] = [first.slice(start, endA), second.slice(start, endB)]
  const [longer, shorter] = x.length < y.length ? [y, x] : [x, y]
  const tenths = alignLetters(longer, shorter).at(longer.length, shorter.length)
  return { distance: tenths / TENTHS, longest }
}

/** Where nothing is left of one text, the distance is what is left of the other; too long to align: likewise. */
function distanceOfEnds({ start, endA, endB }: Middle): number | null {
  const longest = Math.max(endA, endB) - start
  return endA === start || endB === start || longest > LETTERS_MAX ? longest : null
}

interface Middle {
  readonly start: number
  readonly endA: number
  readonly endB: number
}

/** What is left without the common beginning and end, which no cheaper path could use otherwise. */
export function middleOf<T extends string | number>(a: readonly T[], b: readonly T[]): Middle {
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start] === b[start]) start += 1
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1
    endB -= 1
  }
  return { start, endA, endB }
}
