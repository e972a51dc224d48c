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

type Move = 'pair' | 'skip-first' | 'skip-second'
/** Rows left out of both entries in one place: always the first entry's first, lest one way count twice. */
const AFTER: Record<Move, readonly Move[]> = {
  pair: ['pair', 'skip-first', 'skip-second'],
  'skip-first': ['pair', 'skip-first'],
  'skip-second': ['pair', 'skip-first', 'skip-second'],
}
const MOVES: readonly Move[] = ['pair', 'skip-first', 'skip-second']

interface Way {
  readonly cost: number
  readonly move: Move
  readonly before: Way | null
}
/** The best two ways to a place, by their last move. */
type Ways = Record<Move, readonly Way[]>
const WAYS_KEPT = 2

/** Pairs rows that stand in the same order on both sides (Needleman and Wunsch), and the runner-up. */
export function alignInOrder(
  costAt: (row: number, column: number) => number,
  { first: [firstStart, firstEnd], second: [secondStart, secondEnd] }: Section,
): Aligned {
  const [rows, columns] = [firstEnd - firstStart, secondEnd - secondStart]
  const none: Ways = { pair: [], 'skip-first': [], 'skip-second': [] }
  const start: Way = { cost: 0, move: 'pair', before: null }
  const table: Ways[][] = []
  for (let row = 0; row <= rows; row += 1) {
    const line: Ways[] = []
    table.push(line)
    for (let column = 0; column <= columns; column += 1) {
      if (row === 0 && column === 0) {
        line.push({ ...none, pair: [start] })
        continue
      }
      const pairCost =
        row > 0 && column > 0 ? costAt(firstStart + row - 1, secondStart + column - 1) : 0
      line.push({
        pair: extend(table[row - 1]?.[column - 1] ?? none, 'pair', pairCost),
        'skip-first': extend(table[row - 1]?.[column] ?? none, 'skip-first', GAP),
        'skip-second': extend(line[column - 1] ?? none, 'skip-second', GAP),
      })
    }
  }
  const [best = start, second] = cheapest(
    MOVES.flatMap((move) => table[rows]?.[columns]?.[move] ?? []),
  )
  return {
    pairs: pairsOf(best, firstStart, secondStart),
    cost: best.cost,
    margin: second === undefined ? Number.POSITIVE_INFINITY : second.cost - best.cost,
  }
}

function extend(from: Ways, move: Move, cost: number): readonly Way[] {
  const ways = AFTER[move].flatMap((last) => from[last])
  return cheapest(ways).map((before) => ({ cost: before.cost + cost, move, before }))
}

function cheapest(ways: readonly Way[]): readonly Way[] {
  return ways.toSorted((a, b) => a.cost - b.cost).slice(0, WAYS_KEPT)
}

function pairsOf(best: Way, firstStart: number, secondStart: number): RowPair[] {
  const moves: Move[] = []
  for (let way = best; way.before !== null; way = way.before) moves.push(way.move)
  let [first, second] = [firstStart - 1, secondStart - 1]
  return moves.reverse().map((move): RowPair => {
    if (move !== 'skip-second') first += 1
    if (move !== 'skip-first') second += 1
    if (move === 'pair') return [first, second]
    return move === 'skip-first' ? [first, null] : [null, second]
  })
}
