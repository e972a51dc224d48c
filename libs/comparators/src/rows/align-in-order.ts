/** What leaving out a row costs: two rows are paired only where that is cheaper than leaving out both. */
export const GAP = 0.35

/** Places of a row in the first entry and in the second, from 0; null: not there. */
export type RowPair = readonly [first: number | null, second: number | null]

export interface Aligned {
  readonly pairs: readonly RowPair[]
  readonly cost: number
  /** How much dearer the next best way is; infinite where there is no other. */
  readonly margin: number
}

/** A stretch of both entries: rows from `start` up to but not including `end`. */
export interface Section {
  readonly first: readonly [start: number, end: number]
  readonly second: readonly [start: number, end: number]
}

const PAIR = 0
const SKIP_FIRST = 1
const SKIP_SECOND = 2
const MOVES = 3
/** Rows left out of both entries in one place: always the first entry's first, lest one way count twice. */
const AFTER: readonly (readonly number[])[] = [
  [PAIR, SKIP_FIRST, SKIP_SECOND],
  [PAIR, SKIP_FIRST],
  [PAIR, SKIP_FIRST, SKIP_SECOND],
]
const NONE: readonly number[] = []
/** The best two ways to a place by each last move. */
const WAYS_KEPT = 2
const WAYS = MOVES * WAYS_KEPT

/** Ways to every place: what each costs, and from which way at the place before it comes. */
interface Table {
  readonly costs: Float64Array
  readonly from: Int32Array
}

type Cost = (row: number, column: number) => number

/**
 * Pairs rows that stand in the same order on both sides (Needleman and Wunsch), and the runner-up.
 *
 * Only rows that stand near each other are looked at first. A way that leaves this band leaves out
 * more rows than any inside, so when even the second best inside costs no more than that, no other
 * can be better than either; otherwise the band is widened.
 */
export function alignInOrder(costAt: Cost, section: Section): Aligned {
  const [rows, columns] = [lengthOf(section.first), lengthOf(section.second)]
  const apart = Math.abs(rows - columns)
  for (let beyond = 1; ; beyond = 2 * beyond + 1) {
    const aligned = alignInBand(costAt, section, beyond)
    const whole = beyond >= Math.min(rows, columns)
    const outside = (apart + 2 * (beyond + 1)) * GAP
    if (whole || aligned.cost + aligned.margin <= outside) return aligned
  }
}

function lengthOf([start, end]: Section['first']): number {
  return end - start
}

/** Without pairs of rows that are farther apart than the lengths of the entries ask for, and so much more. */
export function alignInBand(costAt: Cost, { first, second }: Section, beyond: number): Aligned {
  const [rows, columns] = [lengthOf(first), lengthOf(second)]
  const width = columns + 1
  const cells = (rows + 1) * width * WAYS
  const table = {
    costs: new Float64Array(cells).fill(Number.POSITIVE_INFINITY),
    from: new Int32Array(cells).fill(-1),
  }
  table.costs[0] = 0
  const [left, right] = [Math.min(columns - rows, 0) - beyond, Math.max(columns - rows, 0) + beyond]
  for (let row = 0; row <= rows; row += 1) {
    const last = Math.min(columns, row + right)
    for (let column = Math.max(0, row + left); column <= last; column += 1) {
      const cell = row * width + column
      if (row > 0 && column > 0) {
        const cost = costAt(first[0] + row - 1, second[0] + column - 1)
        extend(table, cell - width - 1, cell, PAIR, cost)
      }
      if (row > 0) extend(table, cell - width, cell, SKIP_FIRST, GAP)
      if (column > 0) extend(table, cell - 1, cell, SKIP_SECOND, GAP)
    }
  }
  const end = (rows * width + columns) * WAYS
  const [best, next] = cheapest(table, end, [PAIR, SKIP_FIRST, SKIP_SECOND])
  const cost = table.costs[best] ?? 0
  const margin = next < 0 ? Number.POSITIVE_INFINITY : (table.costs[next] ?? 0) - cost
  return { pairs: pairsOf(table, best, first[0], second[0]), cost, margin }
}

function extend(table: Table, before: number, cell: number, move: number, cost: number): void {
  const ways = cheapest(table, before * WAYS, AFTER[move] ?? NONE)
  for (let way = 0; way < WAYS_KEPT; way += 1) {
    const from = ways[way] ?? -1
    if (from < 0) return
    const at = cell * WAYS + move * WAYS_KEPT + way
    table.costs[at] = (table.costs[from] ?? 0) + cost
    table.from[at] = from
  }
}

/** The cheapest two ways at a place that end with one of these moves; of equals the first. -1: none. */
function cheapest({ costs }: Table, ways: number, lasts: readonly number[]): [number, number] {
  let [best, second] = [-1, -1]
  let [bestCost, secondCost] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const last of lasts) {
    for (let way = 0; way < WAYS_KEPT; way += 1) {
      const at = ways + last * WAYS_KEPT + way
      const cost = costs[at] ?? Number.POSITIVE_INFINITY
      if (cost < bestCost) {
        ;[second, secondCost] = [best, bestCost]
        ;[best, bestCost] = [at, cost]
      } else if (cost < secondCost) [second, secondCost] = [at, cost]
    }
  }
  return [best, second]
}

function pairsOf(
  { from }: Table,
  best: number,
  firstStart: number,
  secondStart: number,
): RowPair[] {
  const moves: number[] = []
  for (let way = best; (from[way] ?? -1) >= 0; way = from[way] ?? -1) {
    moves.push(Math.floor((way % WAYS) / WAYS_KEPT))
  }
  let [first, second] = [firstStart - 1, secondStart - 1]
  return moves.reverse().map((move): RowPair => {
    if (move !== SKIP_SECOND) first += 1
    if (move !== SKIP_FIRST) second += 1
    if (move === PAIR) return [first, second]
    return move === SKIP_FIRST ? [first, null] : [null, second]
  })
}
