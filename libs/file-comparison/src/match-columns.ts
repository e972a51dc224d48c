import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { type Table, TableError } from '@songnhap/tables'

/** Where the values of one field stand in each of the tables. */
export interface MatchedField {
  readonly field: FieldDefinition
  readonly columns: readonly number[]
}

export interface MatchedColumns {
  /** Of all tables, in the order of the form. */
  readonly fields: readonly MatchedField[]
  /** What is left out, in words. */
  readonly notes: readonly string[]
}

const BETWEEN_WORDS = /[\s_-]+/gu
const NAMED_MAX = 20

/** Headings that differ in case, blanks, hyphens, underscores or Unicode form name the same column. */
export function titleKey(title: string): string {
  return title.normalize('NFC').toLowerCase().replace(BETWEEN_WORDS, '')
}

/** Which column is which field: by its name, or its label in either language. */
export function matchColumns(form: FormDefinition, tables: readonly Table[]): MatchedColumns {
  const places = tables.map(
    ({ header }) => new Map(header.map((title, at) => [titleKey(title), at])),
  )
  const taken = tables.map(() => new Set<number>())
  const notes: string[] = []
  const fields = form.fields.flatMap((field): MatchedField[] => {
    const keys = [field.name, field.label.vi, field.label.en].map(titleKey)
    const columns = places.map((place, table) => {
      const key = keys.find((one) => place.has(one) && !taken[table]?.has(place.get(one) ?? -1))
      return key === undefined ? undefined : place.get(key)
    })
    for (const [table, column] of columns.entries()) {
      if (column === undefined) notes.push(`${tables[table]?.name}: no column for ${field.name}`)
      else taken[table]?.add(column)
    }
    const found = columns.filter((column) => column !== undefined)
    return found.length === tables.length ? [{ field, columns: found }] : []
  })
  for (const [table, { name, header }] of tables.entries()) {
    const extra = header.filter((_, at) => taken[table]?.has(at) === false)
    if (extra.length > 0) notes.push(`${name}: not compared: ${listed(extra)}`)
  }
  if (fields.length === 0) {
    const [first] = tables
    const wanted = listed(form.fields.map(({ name }) => name))
    throw new TableError(
      first?.name ?? '',
      `no column of the form is in every file; the first row has to have some of: ${wanted}`,
    )
  }
  return { fields, notes }
}

export function listed(names: readonly string[]): string {
  const rest = names.length - NAMED_MAX
  return names.slice(0, NAMED_MAX).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
