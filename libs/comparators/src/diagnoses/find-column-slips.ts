import {
  cellsMoved,
  chanceOf,
  FALSE_CALLS_MAX,
  FITS,
  FITS_NOT,
  shareFitting,
  stretchOf,
  VALUES_MIN,
} from './column-fit.ts'
import { agreedBy, type TypedColumn } from './typed-column.ts'

/** A column, or a stretch of it, that stands some rows too high or too low. */
export interface ColumnSlip {
  /** `row-shift`: the column as a whole; `slipped-rows`: these rows of it. */
  readonly kind: 'row-shift' | 'slipped-rows'
  readonly annotator: string
  /** By how many rows it must be moved to fit the others; down is positive. */
  readonly shift: number
  readonly fromRow: number
  readonly toRow: number
  /** Shares of the comparable cells that fit: of the column, or of the stretch. */
  readonly fitBefore: number
  readonly fitAfter: number
}

/** An eye slips by a row or a few. */
const SHIFT_MAX = 3
/** Rows of a stretch may be farther off: a block typed twice, or left out. */
const STRETCH_SHIFT_MAX = 5
const SHIFTS = shiftsUpTo(SHIFT_MAX)
const STRETCH_SHIFTS = shiftsUpTo(STRETCH_SHIFT_MAX)

/**
 * Whose column of a page does not stand where the others have it, of three or more people who typed
 * it. `looks` is how many columns are looked at in all, so that what chance does among many is not
 * taken for a slip.
 */
export function findColumnSlips(columns: readonly TypedColumn[], looks: number): ColumnSlip[] {
  return columns.flatMap((column) => {
    const agreed = agreedBy(columns, column)
    if (new Set(agreed.values()).size < VALUES_MIN) return []
    return findShift(column, agreed, looks) ?? findStretch(column, agreed, looks) ?? []
  })
}

function findShift(
  column: TypedColumn,
  agreed: ReadonlyMap<number, string>,
  looks: number,
): ColumnSlip | null {
  const fitting = SHIFTS.flatMap((shift) => {
    const cells = cellsMoved(column, agreed, shift)
    const fitAfter = shareFitting(cells, 'fitsThere')
    return fitAfter !== null && fitAfter >= FITS ? [{ shift, cells, fitAfter }] : []
  })
  const [found] = fitting
  // A column that fits in two places repeats itself, and says nothing about where it belongs.
  if (found === undefined || fitting.length > 1) return null
  const { shift, cells, fitAfter } = found
  const fitBefore = shareFitting(cells, 'fitsHere')
  if (fitBefore === null || fitBefore > FITS_NOT) return null
  if (chanceOf(cells) * looks * SHIFTS.length > FALSE_CALLS_MAX) return null
  const { annotator } = column
  return { kind: 'row-shift', annotator, shift, ...endsOf(stretchOf(cells)), fitBefore, fitAfter }
}

function findStretch(
  column: TypedColumn,
  agreed: ReadonlyMap<number, string>,
  looks: number,
): ColumnSlip | null {
  const rows = column.values.size
  const tries = (looks * STRETCH_SHIFTS.length * rows * (rows + 1)) / 2
  const stretches = STRETCH_SHIFTS.flatMap((shift) => {
    const cells = stretchOf(cellsMoved(column, agreed, shift))
    const [fitBefore, fitAfter] = [
      shareFitting(cells, 'fitsHere'),
      shareFitting(cells, 'fitsThere'),
    ]
    if (fitBefore === null || fitAfter === null) return []
    if (fitBefore > FITS_NOT || fitAfter < FITS) return []
    const chance = chanceOf(cells)
    return chance * tries > FALSE_CALLS_MAX ? [] : [{ shift, cells, fitBefore, fitAfter, chance }]
  })
  const [best, second] = stretches.toSorted((a, b) => a.chance - b.chance)
  if (best === undefined || best.chance === second?.chance) return null
  const { shift, cells, fitBefore, fitAfter } = best
  const { annotator } = column
  return { kind: 'slipped-rows', annotator, shift, ...endsOf(cells), fitBefore, fitAfter }
}

function endsOf(cells: readonly { readonly row: number }[]) {
  return { fromRow: cells[0]?.row ?? 0, toRow: cells.at(-1)?.row ?? 0 }
}

function shiftsUpTo(most: number): number[] {
  return Array.from({ length: 2 * most + 1 }, (_, at) => at - most).filter((shift) => shift !== 0)
}
