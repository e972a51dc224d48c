import { CELLS_MAX, INSERT_COST, SWAP_COST, substitute } from './align-letters.ts'
import type { Letter } from './letter.ts'

/** What it costs to put one letter for another, once it was asked; of the letters that come first, and often. */
const TABLE_SIDE = 256
const UNKNOWN = 255
const costs = new Uint8Array(TABLE_SIDE * TABLE_SIDE).fill(UNKNOWN)

/** Three rows are needed: this one and two above, since neighbours may be swapped. */
const ROW_MAX = CELLS_MAX
let above = new Int32Array(ROW_MAX)
let upper = new Int32Array(ROW_MAX)
let row = new Int32Array(ROW_MAX)

/** One of two texts, as far as it is to be aligned: from `start` up to but not including `end`. */
export interface NumberedStretch {
  readonly letters: readonly Letter[]
  readonly numbers: Uint16Array
  readonly start: number
  readonly end: number
}

/**
 * The distance that `alignLetters` finds, in tenths, without the way there: the innermost loop of
 * every alignment of rows. The second text has at most `CELLS_MAX` letters.
 */
export function distanceOfNumbers(a: NumberedStretch, b: NumberedStretch): number {
  const [rows, columns] = [a.end - a.start, b.end - b.start]
  const [x, y] = [a.numbers, b.numbers]
  for (let column = 0; column <= columns; column += 1) row[column] = column * INSERT_COST
  let before = -1
  for (let at = 1; at <= rows; at += 1) {
    const turned = upper
    upper = above
    above = row
    row = turned
    const letter = x[a.start + at - 1] ?? 0
    const known = letter < TABLE_SIDE ? letter * TABLE_SIDE : -1
    let left = at * INSERT_COST
    let diagonal = (at - 1) * INSERT_COST
    row[0] = left
    let previous = -1
    for (let column = 1; column <= columns; column += 1) {
      const other = y[b.start + column - 1] ?? 0
      const over = above[column] ?? 0
      let best = Math.min(over, left) + INSERT_COST
      let cost = 0
      if (letter !== other) {
        cost = known >= 0 && other < TABLE_SIDE ? (costs[known + other] ?? UNKNOWN) : UNKNOWN
        if (cost === UNKNOWN) cost = costOf(a, b, at, column)
      }
      const changed = diagonal + cost
      if (changed < best) best = changed
      if (letter === previous && other === before && column > 1 && at > 1) {
        const swapped = (upper[column - 2] ?? 0) + SWAP_COST
        if (swapped < best) best = swapped
      }
      row[column] = best
      left = best
      diagonal = over
      previous = other
    }
    before = letter
  }
  return row[columns] ?? 0
}

function costOf(a: NumberedStretch, b: NumberedStretch, at: number, column: number): number {
  const [x, y] = [a.start + at - 1, b.start + column - 1]
  const cost = substitute(a.letters[x], b.letters[y])
  const [first = 0, second = 0] = [a.numbers[x], b.numbers[y]]
  if (first < TABLE_SIDE && second < TABLE_SIDE) costs[first * TABLE_SIDE + second] = cost
  return cost
}
