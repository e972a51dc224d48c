import type { RowPair } from '@songnhap/comparators'

/** A stretch of the rows of both tables: from `start` up to but not including `end`. */
export interface Stretch {
  readonly first: readonly [start: number, end: number]
  readonly second: readonly [start: number, end: number]
}

type Common = readonly [first: number, second: number]

/**
 * Rows that both stretches have once, by a sign of each, and that stand in the same order on both
 * sides: the longest such series (patience). What lies between two of them is aligned by itself.
 * Null as a sign: this row takes no part.
 */
export function findCommonRows(
  { first, second }: Stretch,
  signOfFirst: (row: number) => string | null,
  signOfSecond: (row: number) => string | null,
): Common[] {
  const inFirst = onlyRows(first, signOfFirst)
  const inSecond = onlyRows(second, signOfSecond)
  const common: Common[] = []
  for (const [sign, row] of inFirst) {
    const other = inSecond.get(sign)
    if (row !== MORE_THAN_ONE && other !== undefined && other !== MORE_THAN_ONE) {
      common.push([row, other])
    }
  }
  // A map keeps the order in which signs came, which is that of the first table's rows.
  return longestInOrder(common)
}

const MORE_THAN_ONE = -1

function onlyRows([start, end]: Stretch['first'], signOf: (row: number) => string | null) {
  const rows = new Map<string, number>()
  for (let row = start; row < end; row += 1) {
    const sign = signOf(row)
    if (sign !== null) rows.set(sign, rows.has(sign) ? MORE_THAN_ONE : row)
  }
  return rows
}

/** The longest series that rises on the second side too, in n log n steps. */
function longestInOrder(pairs: readonly Common[]): Common[] {
  /** For each length, the pair that ends a series of it lowest. */
  const ends: number[] = []
  const before: number[] = []
  for (const [at, [, second]] of pairs.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < second) low = middle + 1
      else high = middle
    }
    before[at] = low === 0 ? -1 : (ends[low - 1] ?? -1)
    ends[low] = at
  }
  const series: Common[] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair !== undefined) series.push(pair)
  }
  return series.reverse()
}

/** What lies before, between and behind common rows. */
export function stretchesBetween({ first, second }: Stretch, common: readonly Common[]) {
  const between: { readonly stretch: Stretch; readonly behind: RowPair | null }[] = []
  let [a, b] = [first[0], second[0]]
  for (const pair of common) {
    between.push({ stretch: { first: [a, pair[0]], second: [b, pair[1]] }, behind: pair })
    ;[a, b] = [pair[0] + 1, pair[1] + 1]
  }
  between.push({ stretch: { first: [a, first[1]], second: [b, second[1]] }, behind: null })
  return between
}
