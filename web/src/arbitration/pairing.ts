import type { RowPairs } from '@songnhap/contracts'

/** Which of the two entries: as they are shown, the left one is 0. */
export type Side = 0 | 1
type Pair = RowPairs[number]

/**
 * A record of one entry a row down or up. What stands in its way moves along, up to the next gap:
 * records stay in the order of the page. Where order is free, the two change places instead.
 */
export function moveRow(
  pairs: RowPairs,
  side: Side,
  row: number,
  by: -1 | 1,
  orderIsFree: boolean,
): RowPairs {
  const column = pairs.map((pair) => pair[side])
  if (column[row] == null) return pairs
  const other = pairs.map((pair) => pair[1 - side] ?? null)
  if (orderIsFree && column[row + by] != null) {
    const [here, there] = [column[row] ?? null, column[row + by] ?? null]
    return joined(side, column.with(row, there).with(row + by, here), other)
  }
  return by === 1 ? pushDown(column, other, side, row) : pushUp(column, other, side, row)
}

/** Into another row, step by step; as far as it goes. */
export function moveRowTo(
  pairs: RowPairs,
  side: Side,
  from: number,
  to: number,
  orderIsFree: boolean,
): RowPairs {
  const record = pairs[from]?.[side] ?? null
  let moved = pairs
  for (let step = Math.abs(to - from); step > 0 && record !== null; step -= 1) {
    const at = moved.findIndex((pair) => pair[side] === record)
    moved = moveRow(moved, side, at, to > from ? 1 : -1, orderIsFree)
  }
  return moved
}

type Column = readonly (number | null)[]

function pushDown(column: Column, other: Column, side: Side, row: number): RowPairs {
  const gap = column.findIndex((place, at) => at > row && place === null)
  const end = gap === -1 ? column.length : gap
  const pushed = [
    ...column.slice(0, row),
    null,
    ...column.slice(row, end),
    ...column.slice(end + 1),
  ]
  return joined(side, pushed, gap === -1 ? [...other, null] : other)
}

function pushUp(column: Column, other: Column, side: Side, row: number): RowPairs {
  const gap = column.findLastIndex((place, at) => at < row && place === null)
  const below = column.slice(row + 1)
  const pushed = [...column.slice(0, Math.max(gap, 0)), ...column.slice(gap + 1, row + 1), null]
  return joined(side, [...pushed, ...below], gap === -1 ? [null, ...other] : other)
}

/** Rows in which neither entry has a record are none. */
function joined(side: Side, column: Column, other: Column): RowPairs {
  return column
    .map((place, at): Pair => {
      const against = other[at] ?? null
      return side === 0 ? [place, against] : [against, place]
    })
    .filter(([x, y]) => x !== null || y !== null)
}
