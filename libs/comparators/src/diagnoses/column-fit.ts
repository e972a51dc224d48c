import { chanceOfAtLeast } from './chance-of-at-least.ts'
import type { TypedColumn } from './typed-column.ts'

/** A column fits where it stands, or elsewhere, from this share of its comparable cells on. */
export const FITS = 2 / 3
/** Up to this share it does not fit: what is left are values that come often. */
export const FITS_NOT = 1 / 3
/** Fewer comparable cells, or fewer different values in the column, and nothing is said. */
const CELLS_MIN = 8
export const VALUES_MIN = 5
/** How many wrong calls may be expected in all that is looked at together, by chance alone. */
export const FALSE_CALLS_MAX = 0.01

/** A cell of the judged column beside what the others agree on, in its row and in the row it may belong to. */
interface Cell {
  readonly row: number
  readonly fitsHere: boolean | null
  readonly fitsThere: boolean | null
  /** How probable it is that any value of the column fits: how often the others have this one. */
  readonly chance: number
}

/** The cells of a column that can be judged, in order of rows, when it is moved by some rows. */
export function cellsMoved(
  { values }: TypedColumn,
  here: ReadonlyMap<number, string>,
  shift: number,
  there: ReadonlyMap<number, string> = here,
): Cell[] {
  const often = new Map<string, number>()
  for (const value of there.values()) often.set(value, (often.get(value) ?? 0) + 1)
  const fits = (value: string, agreed: string | undefined) =>
    agreed === undefined ? null : value === agreed
  return [...values]
    .toSorted(([a], [b]) => a - b)
    .map(([row, value]) => ({
      row,
      fitsHere: fits(value, here.get(row)),
      fitsThere: fits(value, there.get(row + shift)),
      chance: (often.get(value) ?? 0) / Math.max(there.size, 1),
    }))
}

/** The share of comparable cells that fit; null where too few can be compared. */
export function shareFitting(
  cells: readonly Cell[],
  where: 'fitsHere' | 'fitsThere',
): number | null {
  const comparable = cells.filter((cell) => cell[where] !== null)
  if (comparable.length < CELLS_MIN) return null
  return comparable.filter((cell) => cell[where]).length / comparable.length
}

/**
 * How probable it is that so many of the cells that do not fit here would fit there by chance, each
 * with the frequency of its value.
 */
export function chanceOf(cells: readonly Cell[]): number {
  const judged = cells.filter(({ fitsHere, fitsThere }) => fitsHere === false && fitsThere !== null)
  const hits = judged.filter(({ fitsThere }) => fitsThere).length
  return chanceOfAtLeast(
    hits,
    judged.map(({ chance }) => chance),
  )
}

/** From which row to which the cells fit there rather than here: the stretch with the most of them. */
export function stretchOf(cells: readonly Cell[]): readonly Cell[] {
  let best = { start: 0, end: 0, gain: 0 }
  let [start, gain] = [0, 0]
  for (const [at, cell] of cells.entries()) {
    gain += gainOf(cell)
    if (gain <= 0) [start, gain] = [at + 1, 0]
    else if (gain > best.gain) best = { start, end: at + 1, gain }
  }
  return cells.slice(best.start, best.end)
}

/** What fits in neither place is half a reason to end the stretch. */
function gainOf({ fitsHere, fitsThere }: Cell): number {
  if (fitsHere === true) return fitsThere === true ? 0 : -1
  if (fitsThere === true) return 1
  return fitsThere === false ? -0.5 : 0
}
