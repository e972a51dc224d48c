import { type Table, TableError } from '@songnhap/tables'
import { titleKey } from './match-columns.ts'
import { type Cells, fieldsByTitle } from './read-cells.ts'

/** What is true, by `keyOfTruth`. */
export type Truths = ReadonlyMap<string, string>

/** A table with the columns item, field and value. */
export function readTruth(table: Table, form: Cells['form']): Truths {
  const places = ['item', 'field', 'value'].map((name) => {
    const place = table.header.findIndex((title) => titleKey(title) === name)
    if (place !== -1) return place
    const what = `no column ${name}; the truth needs item, field and value`
    throw new TableError(table.name, what, { line: 1, column: 1 })
  })
  const fields = fieldsByTitle(form)
  const truths = new Map<string, string>()
  for (let row = 0; row < table.rows; row += 1) {
    const { cells, line } = table.at(row)
    const [item = '', title = '', value = ''] = places.map((place) => cells[place])
    const field = fields.get(titleKey(title))
    if (field === undefined) continue
    const key = keyOfTruth(item, field.name)
    if (truths.has(key)) {
      throw new TableError(table.name, 'a second truth for one cell', { line, column: 1 })
    }
    truths.set(key, value)
  }
  return truths
}

export function keyOfTruth(item: string, field: string): string {
  return `${item}\0${field}`
}
