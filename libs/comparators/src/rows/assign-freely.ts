import munkres from 'munkres'
import { type Aligned, GAP, type RowPair } from './align-in-order.ts'

/**
 * Pairs rows of entries whose order means nothing (Hungarian method). Each row may also stand alone,
 * at the cost of a gap, as in the ordered alignment.
 */
export function assignFreely(
  costAt: (row: number, column: number) => number,
  first: readonly number[],
  second: readonly number[],
): Aligned {
  const costs = first.map((row) => second.map((column) => costAt(row, column)))
  const best = assign(costs, first.length, second.length)
  // The next best way lacks at least one pair of the best: each is forbidden in turn.
  const others = best.pairs.map(([row, column]) =>
    assign(
      costs.with(row, (costs[row] ?? []).with(column, Number.POSITIVE_INFINITY)),
      first.length,
      second.length,
    ),
  )
  const next = Math.min(...others.map(({ cost }) => cost))
  const paired = new Map(best.pairs.map(([row, column]) => [first[row], second[column]]))
  const taken = new Set(paired.values())
  const pairs = first.map((row): RowPair => [row, paired.get(row) ?? null])
  const alone = second
    .filter((column) => !taken.has(column))
    .map((column): RowPair => [null, column])
  return { pairs: [...pairs, ...alone], cost: best.cost, margin: next - best.cost }
}

interface Assignment {
  readonly pairs: readonly (readonly [row: number, column: number])[]
  readonly cost: number
}

function assign(costs: readonly (readonly number[])[], rows: number, columns: number): Assignment {
  const size = rows + columns
  if (size === 0) return { pairs: [], cost: 0 }
  const square = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      if (row >= rows && column >= columns) return 0
      return costs[row]?.[column] ?? GAP
    }),
  )
  const chosen = munkres(square)
  return {
    pairs: chosen.filter(([row, column]) => row < rows && column < columns),
    cost: chosen.reduce((sum, [row, column]) => sum + (square[row]?.[column] ?? 0), 0),
  }
}
