import {
  cellsMoved,
  chanceOf,
  FALSE_CALLS_MAX,
  FITS,
  FITS_NOT,
  shareFitting,
  VALUES_MIN,
} from './column-fit.ts'
import { agreedBy, type TypedColumn } from './typed-column.ts'

/** The columns of one field of a page. */
export interface FieldColumns {
  readonly field: string
  /** In the standard form of this field. */
  readonly columns: readonly TypedColumn[]
  /** The same columns as they were typed. */
  readonly typed: readonly TypedColumn[]
  /** A column of another field, as it was typed, in the standard form of this one. */
  readonly inForm: (column: TypedColumn) => TypedColumn
}

/** A column that is another field's, typed under this one's heading. */
export interface WrongHeading {
  readonly kind: 'wrong-heading'
  readonly annotator: string
  readonly field: string
  /** The field whose values it has. */
  readonly belongsTo: string
  readonly fitBefore: number
  readonly fitAfter: number
}

/** Whose column of one field has what the others have in another; `looks` as for slips. */
export function findWrongHeadings(page: readonly FieldColumns[], looks: number): WrongHeading[] {
  const agreed = page.map(({ columns }) => agreedBy(columns, null))
  return page.flatMap(({ field, columns, typed }, at) =>
    columns.flatMap((column, person) => {
      const own = agreedBy(columns, column)
      const found = page.flatMap((other, place) => {
        const there = agreed[place]
        if (place === at || there === undefined) return []
        if (new Set(there.values()).size < VALUES_MIN) return []
        const cells = cellsElsewhere(column, own, other.inForm(typed[person] ?? column), there)
        const fitBefore = shareFitting(cells, 'fitsHere')
        const fitAfter = shareFitting(cells, 'fitsThere')
        if (fitBefore === null || fitAfter === null) return []
        if (fitBefore > FITS_NOT || fitAfter < FITS) return []
        if (chanceOf(cells) * looks * page.length > FALSE_CALLS_MAX) return []
        const { annotator } = column
        const belongsTo = other.field
        return [
          { kind: 'wrong-heading', annotator, field, belongsTo, fitBefore, fitAfter } as const,
        ]
      })
      return found.toSorted((a, b) => b.fitAfter - a.fitAfter).slice(0, 1)
    }),
  )
}

function cellsElsewhere(
  column: TypedColumn,
  own: ReadonlyMap<number, string>,
  elsewhere: TypedColumn,
  there: ReadonlyMap<number, string>,
) {
  const fitsHere = new Map(cellsMoved(column, own, 0).map((cell) => [cell.row, cell.fitsHere]))
  return cellsMoved(elsewhere, own, 0, there).map((cell) => ({
    ...cell,
    fitsHere: fitsHere.get(cell.row) ?? null,
  }))
}
