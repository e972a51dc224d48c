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
const LOOK_ALIKE = new Set(
  ['nu', 'iy', 'rn', 'cs', 'gy', 'ao', 'uv', 'mn', 'hk', 'bh', '17', '38', '56', '09'].flatMap(
    ([a, b]) => [`${a}${b}`, `${b}${a}`],
  ),
)

/**
 * Bounds time and memory: beyond it (547 letters each) the path keeps near the diagonal, and the
 * distance is that of the best such path.
 */
const CELLS_MAX = 300_000
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
    return offset < 0 || offset >= width
      ? Number.POSITIVE_INFINITY
      : (table[row * width + offset] ?? 0)
  }
  for (let row = 0; row <= rows; row += 1) {
    const low = lowest(row)
    for (let column = low; column < low + width; column += 1) {
      table[row * width + column - low] = cellOf(longer, shorter, at, row, column)
    }
  }
  return { longer, shorter, at }
}

function cellOf(
  a: readonly Letter[],
  b: readonly Letter[],
  at: LetterTable['at'],
  row: number,
  column: number,
): number {
  if (row === 0) return column * COST.insert
  if (column === 0) return row * COST.insert
  const cost = substitute(a[row - 1], b[column - 1])
  const best = Math.min(
    at(row - 1, column - 1) + cost,
    at(row - 1, column) + COST.insert,
    at(row, column - 1) + COST.insert,
  )
  return isSwap(a, b, row, column) ? Math.min(best, at(row - 2, column - 2) + COST.swap) : best
}

export function isSwap(
  a: readonly Letter[],
  b: readonly Letter[],
  row: number,
  column: number,
): boolean {
  if (row < 2 || column < 2) return false
  return a[row - 1]?.key === b[column - 2]?.key && a[row - 2]?.key === b[column - 1]?.key
}

export const SWAP_COST = COST.swap

export function substitute(a: Letter | undefined, b: Letter | undefined): number {
  if (a === undefined || b === undefined) return COST.other
  if (a === b || a.key === b.key) return 0
  if (a.base !== b.base) return LOOK_ALIKE.has(a.base + b.base) ? COST.lookAlike : COST.other
  if (a.quality !== b.quality) return a.tone === b.tone ? COST.quality : COST.toneAndQuality
  const tones = a.tone + b.tone
  return tones === 'rx' || tones === 'xr' ? COST.askingAndTumbling : COST.tone
}
