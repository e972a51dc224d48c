/** What leaving out a row costs: two rows are paired only where that is cheaper than leaving out both. */
export const GAP = 0.35

/** Below it another way of pairing is nearly as good, and a person says which one is meant. */
export const MARGIN_MIN = 0.05

/** Sums of the same costs in another order. */
export const ROUNDING = 1e-9

/** Places of a row in the first entry and in the second, from 0; null: not there. */
export type RowPair = readonly [first: number | null, second: number | null]

export interface Aligned {
  readonly pairs: readonly RowPair[]
  readonly cost: number
  /**
   * How much dearer the next best way is, at least; exactly, where that is less than `MARGIN_MIN`.
   * Infinite where there is no other.
   */
  readonly margin: number
}

/** A stretch of both entries: rows from `start` up to but not including `end`. */
export interface Section {
  readonly first: readonly [start: number, end: number]
  readonly second: readonly [start: number, end: number]
}

/** What pairing two rows costs; Infinity, without a closer look, where that is more than `most`. */
export type CostAt = (row: number, column: number, most?: number) => number

const PAIR = 0
const SKIP_FIRST = 1
const SKIP_SECOND = 2
const MOVES = 3
/** The best two ways to a place by each last move. */
const WAYS_KEPT = 2
const WAYS = MOVES * WAYS_KEPT
/** Rows left out of both entries in one place: always the first entry's first, lest one way count twice. */
const WAYS_BEFORE_SKIP_FIRST = SKIP_SECOND * WAYS_KEPT

/** What ways may cost at first, beyond the rows that must be left out; and how fast that grows. */
const BEYOND_FIRST = 0.06
const GROWTH = 2

/** Ways to every place: what each costs, and from which way at the place before it comes. */
interface Table {
  readonly costs: Float64Array
  readonly from: Int32Array
}

/**
 * Pairs rows that stand in the same order on both sides (Needleman and Wunsch), and the runner-up.
 *
 * Only cheap ways are looked for at first. Where the best of them leaves room for a runner-up that a
 * person would be asked about, every such runner-up was seen, too; otherwise ways may cost more.
 */
export function alignInOrder(costAt: CostAt, section: Section): Aligned {
  const [rows, columns] = [lengthOf(section.first), lengthOf(section.second)]
  // Not to pair any rows is always a way.
  const dearest = (rows + columns) * GAP + MARGIN_MIN + ROUNDING
  const least = Math.abs(rows - columns) * GAP
  const onlyWay = rows === 0 || columns === 0
  for (let beyond = BEYOND_FIRST; ; beyond *= GROWTH) {
    const budget = Math.min(least + beyond, dearest)
    const aligned = alignWithin(costAt, section, budget)
    const outside = budget - (aligned?.cost ?? budget)
    if (aligned !== null && outside >= MARGIN_MIN - ROUNDING) {
      return onlyWay ? aligned : { ...aligned, margin: Math.min(aligned.margin, outside) }
    }
  }
}

function lengthOf([start, end]: Section['first']): number {
  return end - start
}

/** The best of the ways that cost no more than that, and how much dearer the next of them is; null: none. */
export function alignWithin(
  costAt: CostAt,
  { first, second }: Section,
  budget: number,
): Aligned | null {
  const [rows, columns] = [lengthOf(first), lengthOf(second)]
  const width = columns + 1
  const cells = (rows + 1) * width * WAYS
  const table = {
    costs: new Float64Array(cells).fill(Number.POSITIVE_INFINITY),
    from: new Int32Array(cells).fill(-1),
  }
  table.costs[0] = 0
  /** Columns that some way reaches in the row above: from the first to the last of them. */
  let [low, high] = [0, 0]
  for (let row = 0; row <= rows; row += 1) {
    let [lowest, highest] = [-1, low - 1]
    for (let column = low; column <= columns; column += 1) {
      const cell = row * width + column
      const left = budget - Math.abs(rows - row - columns + column) * GAP
      if (row > 0 && column > 0) {
        const most = left - leastAt(table, cell - width - 1)
        if (most >= 0) {
          const cost = costAt(first[0] + row - 1, second[0] + column - 1, most)
          extend(table, cell - width - 1, cell, PAIR, cost, left)
        }
      }
      if (row > 0) extend(table, cell - width, cell, SKIP_FIRST, GAP, left)
      if (column > 0) extend(table, cell - 1, cell, SKIP_SECOND, GAP, left)
      if (leastAt(table, cell) <= left) {
        if (lowest === -1) lowest = column
        highest = column
      } else if (column > high) break
    }
    if (lowest === -1) return null
    ;[low, high] = [lowest, highest]
  }
  const end = (rows * width + columns) * WAYS
  const [best, next] = cheapest(table, end, WAYS)
  if (best < 0) return null
  const cost = table.costs[best] ?? 0
  const margin = next < 0 ? Number.POSITIVE_INFINITY : (table.costs[next] ?? 0) - cost
  return { pairs: pairsOf(table, best, first[0], second[0]), cost, margin }
}

/** Ways to a place, one move longer, as far as they cost no more than what is left. */
function extend(
  table: Table,
  before: number,
  cell: number,
  move: number,
  cost: number,
  left: number,
): void {
  const ways = move === SKIP_FIRST ? WAYS_BEFORE_SKIP_FIRST : WAYS
  const [best, next] = cheapest(table, before * WAYS, ways)
  const at = cell * WAYS + move * WAYS_KEPT
  addWay(table, best, at, cost, left)
  addWay(table, next, at + 1, cost, left)
}

function addWay({ costs, from }: Table, way: number, at: number, cost: number, left: number): void {
  if (way < 0) return
  const sum = (costs[way] ?? 0) + cost
  if (sum > left) return
  costs[at] = sum
  from[at] = way
}

/** The cheapest two of so many ways to a place; of equals the first. -1: none. */
function cheapest({ costs }: Table, start: number, ways: number): readonly [number, number] {
  let [best, next] = [-1, -1]
  let [bestCost, nextCost] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let at = start; at < start + ways; at += 1) {
    const cost = costs[at] ?? Number.POSITIVE_INFINITY
    if (cost < bestCost) {
      next = best
      nextCost = bestCost
      best = at
      bestCost = cost
    } else if (cost < nextCost) {
      next = at
      nextCost = cost
    }
  }
  return [best, next]
}

function leastAt({ costs }: Table, cell: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = cell * WAYS; at < (cell + 1) * WAYS; at += 1) {
    const cost = costs[at] ?? Number.POSITIVE_INFINITY
    if (cost < least) least = cost
  }
  return least
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
