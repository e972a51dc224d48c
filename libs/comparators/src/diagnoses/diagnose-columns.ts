import type { FieldDefinition } from '@songnhap/contracts'
import { markOf } from '../compare-readings.ts'
import { standardForm } from '../standard-form.ts'
import { type ColumnSlip, findColumnSlips } from './find-column-slips.ts'
import { findWrongHeadings, type WrongHeading } from './find-wrong-headings.ts'
import type { TypedColumn } from './typed-column.ts'

export type { TypedColumn } from './typed-column.ts'

/** One field of a page, with the column that each person typed. */
export interface PeoplesColumns {
  readonly field: FieldDefinition
  readonly columns: readonly TypedColumn[]
}

export type ColumnDiagnosis = (ColumnSlip & { readonly field: string }) | WrongHeading

const PEOPLE_MIN = 3

/**
 * What has one cause in the columns of a page that three or more people typed: a column that stands
 * some rows too high or too low, or under another field's heading. `looks`: how many such columns
 * there are in everything that is looked at together (`countLooks`).
 */
export function diagnoseColumns(page: readonly PeoplesColumns[], looks: number): ColumnDiagnosis[] {
  const fields = page.map(({ field, columns }) => ({
    field: field.name,
    columns: columns.map((column) => inForm(field, column)),
    typed: columns,
    inForm: (column: TypedColumn) => inForm(field, column),
  }))
  const slips = fields.flatMap(({ field, columns }) =>
    columns.length < PEOPLE_MIN
      ? []
      : findColumnSlips(columns, looks).map((slip) => ({ ...slip, field })),
  )
  return [...slips, ...findWrongHeadings(fields, looks)]
}

export function countLooks(page: readonly PeoplesColumns[]): number {
  const columns = page.map(({ columns }) => columns.length)
  return columns.filter((people) => people >= PEOPLE_MIN).reduce((sum, people) => sum + people, 0)
}

/** In the standard form, in which values that are the same in this field are the same; without blanks. */
function inForm(field: FieldDefinition, { annotator, values }: TypedColumn): TypedColumn {
  const read = [...values].filter(([, value]) => markOf({ value }) === undefined)
  return {
    annotator,
    values: new Map(read.map(([row, value]) => [row, standardForm(field, value)])),
  }
}
