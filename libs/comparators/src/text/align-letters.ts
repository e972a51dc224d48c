import type { Letter } from './letter.ts'

/** In tenths, so that sums are exact. */
const COST = {
  insert: 10,
  swap: 10,
  tone: 3,
  /** Hỏi and ngã sound alike in half of the country. */
  askingAndTumbling: 2,
  quality: 4,
  toneAndQuality: 6,
  lookAlike: 8,
  other: 10,
}

/**
 * Bounds time and memory: beyond it (547 letters each) the path keeps near the diagonal, and the
 * distance is that of the best such path.
 */
export const CELLS_MAX = 300_000
/** Longer texts, of which none fits a reading, are not aligned at all. */
export const LETTERS_MAX = 10_000
const table = new Int32Array(CELLS_MAX)

/** Distances between all beginnings of the longer text (rows) and of the shorter (columns). */
export interface LetterTable {
  readonly longer: readonly Letter[]
  readonly shorter: readonly Letter[]
  /** Infinity outside of the band. Valid until the next table is made. */
  readonly at: (row: number, column: number) => number
}

/** Optimal string alignment: insert, delete, swap two neighbours, or substitute at a letter's cost. */
export function alignLetters(longer: readonly Letter[], shorter: readonly Letter[]): LetterTable {
  const [rows, columns] = [longer.length, shorter.length]
  const width = Math.min(columns + 1, Math.floor(CELLS_MAX / (rows + 1)))
  const lowest = (row: number) => {
    const diagonal = Math.floor((row * columns) / Math.max(rows, 1)) - (width >> 1)
    return Math.max(0, Math.min(diagonal, columns + 1 - width))
  }
  const at = (row: number, column: number) => {
    const offset = column - lowest(row)
    const inside = offset >= 0 && offset < width
    return inside ? (table[row * width + offset] ?? 0) : Number.POSITIVE_INFINITY
  }
  for (let row = 0; row <= rows; row += 1) {
    fillRow(longer, shorter, at, row, lowest(row), lowest(row - 1), width)
  }
  return { longer, shorter, at }
}

/** The innermost loop of every comparison: the cell to the left is kept at hand, the others looked up. */
function fillRow(
  a: readonly Letter[],
  b: readonly Letter[],
  at: LetterTable['at'],
  row: number,
  low: number,
  lowAbove: number,
  width: number,
): void {
  const letter = a[row - 1]
  const rowAbove = (row - 1) * width - lowAbove
  const endAbove = row === 0 ? 0 : lowAbove + width
  let diagonal = row === 0 ? 0 : at(row - 1, low - 1)
  let left = Number.POSITIVE_INFINITY
  for (let offset = 0; offset < width; offset += 1) {
    const column = low + offset
    const above = column < endAbove ? (table[rowAbove + column] ?? 0) : Number.POSITIVE_INFINITY
    let best = Math.min(above, left) + COST.insert
    if (row === 0 || column === 0) best = (row + column) * COST.insert
    else {
      best = Math.min(best, diagonal + substitute(letter, b[column - 1]))
      if (isSwap(a, b, row, column)) best = Math.min(best, at(row - 2, column - 2) + COST.swap)
    }
    table[row * width + offset] = best
    left = best
    diagonal = above
  }
}

export function isSwap(
  a: readonly Letter[],
  b: readonly Letter[],
  row: number,
  column: number,
): boolean {
  if (row < 2 || column < 2 || a[row - 1]?.base !== b[column - 2]?.base) return false
  return a[row - 1]?.key === b[column - 2]?.key && a[row - 2]?.key === b[column - 1]?.key
}

export const SWAP_COST = COST.swap
export const INSERT_COST = COST.insert

export function substitute(a: Letter | undefined, b: Letter | undefined): number {
  if (a === undefined || b === undefined) return COST.other
  if (a === b || a.key === b.key) return 0
  if (a.base !== b.base) return a.looksLike.includes(b.base) ? COST.lookAlike : COST.other
  if (a.quality !== b.quality) return a.tone === b.tone ? COST.quality : COST.toneAndQuality
  const tones = a.tone + b.tone
  return tones === 'rx' || tones === 'xr' ? COST.askingAndTumbling : COST.tone
}
