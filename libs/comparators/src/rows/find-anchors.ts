import { GAP } from './align-in-order.ts'
import type { RowCosts } from './row-costs.ts'

export type Anchor = readonly [first: number, second: number]

/**
 * Records with the same register number on both sides, where no other record has it. Two that have
 * nothing else in common are no anchor: then the number was misread.
 */
export function findAnchors({ at, numbers }: RowCosts): Anchor[] {
  const [first, second] = numbers()
  const [placesA, placesB] = [onlyPlaces(first), onlyPlaces(second)]
  return [...placesA].flatMap(([number, row]) => {
    const column = placesB.get(number)
    return column !== undefined && at(row, column, 2 * GAP) < 2 * GAP
      ? [[row, column] as const]
      : []
  })
}

function onlyPlaces(numbers: readonly (number | null)[]): Map<number, number> {
  return new Map(
    numbers.flatMap((number, place) => {
      const alone = number !== null && numbers.indexOf(number) === numbers.lastIndexOf(number)
      return alone ? [[number, place] as const] : []
    }),
  )
}

/** Pages are ordered, so of two anchors that cross one was misread; which, only the rest can tell. */
export function withoutCrossings(anchors: readonly Anchor[]): Anchor[] {
  return anchors.filter(([row, column]) =>
    anchors.every((other) => other[0] < row === other[1] < column),
  )
}
