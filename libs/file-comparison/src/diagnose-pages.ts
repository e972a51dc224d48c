import { countLooks, diagnoseColumns, type PeoplesColumns } from '@songnhap/comparators'
import type { FieldDefinition } from '@songnhap/contracts'
import type { Diagnosis } from './comparison-result.ts'
import type { Cells } from './read-cells.ts'

type ColumnsOfField = Map<string, Map<number, string>>

/** What has one cause in the columns of each page; an item's name says its page and its row. */
export function diagnosePages({ items }: Cells, rows: RegExp) {
  const pages = new Map<string, Map<FieldDefinition, ColumnsOfField>>()
  let unknown = 0
  for (const [item, cells] of items) {
    const { page, row } = rows.exec(item)?.groups ?? {}
    if (page === undefined || row === undefined || !Number.isSafeInteger(Number(row))) {
      unknown += 1
      continue
    }
    const fields = pages.get(page) ?? new Map<FieldDefinition, ColumnsOfField>()
    pages.set(page, fields)
    for (const { field, entries } of cells) {
      const columns: ColumnsOfField = fields.get(field) ?? new Map()
      fields.set(field, columns)
      for (const { annotator, value } of entries) {
        const column = columns.get(annotator) ?? new Map<number, string>()
        columns.set(annotator, column.set(Number(row), value))
      }
    }
  }
  const columns = [...pages].map(([page, fields]) => ({ page, columns: columnsOf(fields) }))
  const looks = columns.reduce((sum, one) => sum + countLooks(one.columns), 0)
  const diagnoses = columns.flatMap(({ page, columns: ofPage }) =>
    diagnoseColumns(ofPage, looks).map((found): Diagnosis => {
      const fields = 'belongsTo' in found ? [found.field, found.belongsTo] : [found.field]
      return { ...found, page, fields }
    }),
  )
  return { diagnoses, unknown }
}

function columnsOf(fields: ReadonlyMap<FieldDefinition, ColumnsOfField>): PeoplesColumns[] {
  return [...fields].map(([field, columns]) => ({
    field,
    columns: [...columns].map(([annotator, values]) => ({ annotator, values })),
  }))
}
