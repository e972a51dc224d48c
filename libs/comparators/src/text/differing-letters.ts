import {
  alignLetters,
  isSwap,
  LETTERS_MAX,
  type LetterTable,
  SWAP_COST,
  substitute,
} from './align-letters.ts'
import { type Letter, letterOf } from './letter.ts'
import { middleOf } from './letter-distance.ts'
import { splitGraphemes } from './split-graphemes.ts'

/** A stretch of a text in UTF-16 units, whole letters only; empty where only the other text has some. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

export interface DifferingLetters {
  readonly first: readonly Stretch[]
  readonly second: readonly Stretch[]
}

/**
 * Which letters of two readings differ, for the eye of whoever rules: the n-th stretch of one text
 * stands against the n-th of the other. Case counts here, although it is no distance.
 */
export function differingLetters(first: string, second: string): DifferingLetters {
  const [a, b] = [splitGraphemes(first), splitGraphemes(second)]
  // The same text is always the rows: otherwise ties could fall another way when texts change sides.
  const turned = a.length < b.length || (a.length === b.length && first < second)
  const pairs = turned ? pairsOf(b, a).map(([x, y]) => [y, x] as const) : pairsOf(a, b)
  const [endsA, endsB] = [endsOf(a), endsOf(b)]
  return {
    first: pairs.map(([{ start, end }]) => inUnits(endsA, start, end)),
    second: pairs.map(([, { start, end }]) => inUnits(endsB, start, end)),
  }
}

type Pair = readonly [Stretch, Stretch]

function pairsOf(longer: readonly string[], shorter: readonly string[]): Pair[] {
  const [a, b] = [longer.map(casedLetter), shorter.map(casedLetter)]
  const { start, endA, endB } = middleOf(a.map(keyOf), b.map(keyOf))
  if (Math.max(endA, endB) - start > LETTERS_MAX) {
    return [
      [
        { start, end: endA },
        { start, end: endB },
      ],
    ]
  }
  return walkBack(alignLetters(a.slice(start, endA), b.slice(start, endB))).map(([x, y]) => [
    { start: x.start + start, end: x.end + start },
    { start: y.start + start, end: y.end + start },
  ])
}

function keyOf({ key }: Letter): string {
  return key
}

function casedLetter(grapheme: string): Letter {
  const letter = letterOf(grapheme)
  if (grapheme === grapheme.toLowerCase()) return letter
  return { ...letter, key: `${letter.key}\0`, quality: `${letter.quality}\0` }
}

/** From the end of the cheapest path to its beginning; neighbouring steps make one stretch. */
function walkBack(letters: LetterTable): Pair[] {
  const { longer, shorter } = letters
  const pairs: Pair[] = []
  let [row, column] = [longer.length, shorter.length]
  let open: { row: number; column: number } | undefined
  while (row > 0 || column > 0) {
    const [rows, columns] = stepAt(letters, row, column)
    const same = rows === 1 && columns === 1 && longer[row - 1]?.key === shorter[column - 1]?.key
    if (!same) open ??= { row, column }
    else if (open !== undefined) {
      pairs.push([
        { start: row, end: open.row },
        { start: column, end: open.column },
      ])
      open = undefined
    }
    row -= rows
    column -= columns
  }
  if (open !== undefined)
    pairs.push([
      { start: 0, end: open.row },
      { start: 0, end: open.column },
    ])
  return pairs.reverse()
}

function stepAt({ longer, shorter, at }: LetterTable, row: number, column: number) {
  if (column === 0) return [1, 0] as const
  if (row === 0) return [0, 1] as const
  const here = at(row, column)
  const cost = substitute(longer[row - 1], shorter[column - 1])
  if (here === at(row - 1, column - 1) + cost) return [1, 1] as const
  if (isSwap(longer, shorter, row, column) && here === at(row - 2, column - 2) + SWAP_COST) {
    return [2, 2] as const
  }
  return at(row - 1, column) <= at(row, column - 1) ? ([1, 0] as const) : ([0, 1] as const)
}

function endsOf(graphemes: readonly string[]): number[] {
  let length = 0
  return graphemes.map((grapheme) => {
    length += grapheme.length
    return length
  })
}

function inUnits(ends: readonly number[], start: number, end: number): Stretch {
  return { start: ends[start - 1] ?? 0, end: ends[end - 1] ?? 0 }
}
