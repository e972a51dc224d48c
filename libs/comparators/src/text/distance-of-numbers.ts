import { CELLS_MAX, INSERT_COST, SWAP_COST, substitute } from './align-letters.ts'
import { countLetters, numberedLetter } from './letter.ts'

/** What it costs to put one letter for another, of the letters that were met first, which come most often. */
const TABLE_SIDE = 256
const costs = new Uint8Array(TABLE_SIDE * TABLE_SIDE)
/** For letters with smaller numbers the table is filled. */
let filled = 0

/** Three rows are needed: this one and two above, since neighbours may be swapped. */
const rows = [0, 1, 2].map(() => new Int32Array(CELLS_MAX)) as [Int32Array, Int32Array, Int32Array]

/** The letters of the second text, where they are at hand. */
const others = new Int32Array(CELLS_MAX)
const NO_LETTER = -1

/** A stretch of a text: from `start` up to but not including `end`. */
export interface Stretch {
  readonly numbers: readonly number[]
  readonly start: number
  readonly end: number
}

/**
 * The distance that `alignLetters` finds, in tenths, without the way there: the innermost loop of
 * every alignment of rows. The second text has less than `CELLS_MAX` letters.
 */
export function distanceOfNumbers(a: Stretch, b: Stretch): number {
  fillTable()
  const width = b.end - b.start
  let [row, above, upper] = rows
  row[0] = 0
  others[0] = NO_LETTER
  for (let column = 1; column <= width; column += 1) {
    row[column] = column * INSERT_COST
    others[column] = b.numbers[b.start + column - 1] ?? 0
  }
  let before = NO_LETTER
  for (let at = a.start; at < a.end; at += 1) {
    const turned = upper
    upper = above
    above = row
    row = turned
    const letter = a.numbers[at] ?? 0
    let diagonal = above[0] ?? 0
    let left = (diagonal + INSERT_COST) | 0
    row[0] = left
    for (let column = 1; column <= width; column += 1) {
      const other = others[column] ?? 0
      const over = above[column] ?? 0
      left = lesser(lesser(over, left) + INSERT_COST, diagonal + costOf(letter, other))
      if (other === before && letter === others[column - 1]) {
        left = lesser(left, (upper[column - 2] ?? 0) + SWAP_COST)
      }
      row[column] = left
      diagonal = over
    }
    before = letter
  }
  return row[width] ?? 0
}

/** Without a branch, which nobody could predict here: three times as fast as `Math.min`. */
function lesser(a: number, b: number): number {
  return (b + ((a - b) & ((a - b) >> 31))) | 0
}

function costOf(letter: number, other: number): number {
  return letter < TABLE_SIDE && other < TABLE_SIDE
    ? (costs[letter * TABLE_SIDE + other] ?? 0)
    : substitute(numberedLetter(letter), numberedLetter(other))
}

/** With the letters that were met since the last time. */
function fillTable(): void {
  for (; filled < Math.min(countLetters(), TABLE_SIDE); filled += 1) {
    for (let other = 0; other < filled; other += 1) {
      const cost = substitute(numberedLetter(filled), numberedLetter(other))
      costs[filled * TABLE_SIDE + other] = cost
      costs[other * TABLE_SIDE + filled] = cost
    }
  }
}
