import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { type Table, TableError } from '@songnhap/tables'
import { inferForm } from './infer-form.ts'
import { listed, titleKey } from './match-columns.ts'

/** What one person typed in one cell. */
interface CellEntry {
  readonly annotator: string
  readonly value: string
}

/** One field of one item, with what each person typed, in the order of the file. */
export interface Cell {
  readonly field: FieldDefinition
  readonly entries: readonly CellEntry[]
}

export interface Cells {
  readonly form: FormDefinition
  /** By item, in the order of the file. */
  readonly items: ReadonlyMap<string, readonly Cell[]>
  readonly notes: readonly string[]
}

const ENTRIES_MAX = 3_000_000
const FIELDS_MAX = 200
const PEOPLE_MAX = 50
const BETWEEN_SET_AND_ITEM = '/'

interface OpenCell {
  readonly field: FieldDefinition
  readonly entries: CellEntry[]
  readonly people: Set<string>
}

/** The cells of a table in the long form: set (if any), item, annotator, field, value. */
export function readCells(table: Table, given: FormDefinition | null): Cells {
  if (table.rows > ENTRIES_MAX) {
    throw new TableError(table.name, `more than ${ENTRIES_MAX} entries; split it by item`)
  }
  const column = columnsOf(table)
  const severalSets = hasSeveral(table, column.set)
  const form = given ?? inferForm(namesIn(table, column.field))
  const fields = fieldsByTitle(form)
  const items = new Map<string, Map<string, OpenCell>>()
  const unknown = new Map<string, number>()
  let [repeats, beyond] = [0, 0]
  for (let row = 0; row < table.rows; row += 1) {
    const { cells } = table.at(row)
    const text = (at: number) => cells[at] ?? ''
    const field = fields.get(titleKey(text(column.field)))
    if (field === undefined) {
      unknown.set(text(column.field), (unknown.get(text(column.field)) ?? 0) + 1)
      continue
    }
    const set = severalSets ? text(column.set) + BETWEEN_SET_AND_ITEM : ''
    const cell = cellIn(items, set + text(column.item), field)
    const annotator = text(column.annotator)
    if (cell.people.has(annotator)) repeats += 1
    else if (cell.people.size >= PEOPLE_MAX) beyond += 1
    else {
      cell.people.add(annotator)
      cell.entries.push({ annotator, value: text(column.value) })
    }
  }
  const notes = [
    ...(repeats === 0 ? [] : [REPEATED(repeats)]),
    ...(beyond === 0
      ? []
      : [`${beyond} entries beyond the first ${PEOPLE_MAX} people of a cell do not count`]),
    ...(unknown.size === 0 ? [] : [NOT_IN_FORM(unknown)]),
  ]
  return {
    form,
    items: new Map([...items].map(([item, cells]) => [item, [...cells.values()]])),
    notes,
  }
}

function REPEATED(count: number): string {
  return count === 1
    ? '1 entry repeats a cell that the same person had typed already; the first counts'
    : `${count} entries repeat a cell that the same person had typed already; the first counts`
}

function NOT_IN_FORM(unknown: ReadonlyMap<string, number>): string {
  const entries = [...unknown.values()].reduce((sum, count) => sum + count, 0)
  return `${entries} entries are of fields that the form does not have: ${listed([...unknown.keys()])}`
}

function columnsOf(table: Table) {
  const places = new Map(table.header.map((title, at) => [titleKey(title), at]))
  const needed = (name: string) => {
    const place = places.get(name)
    if (place !== undefined) return place
    const what = `no column ${name}; entries need item, annotator, field and value, and may have set`
    throw new TableError(table.name, what, { line: 1, column: 1 })
  }
  return {
    set: places.get('set') ?? -1,
    item: needed('item'),
    annotator: needed('annotator'),
    field: needed('field'),
    value: needed('value'),
  }
}

function hasSeveral(table: Table, column: number): boolean {
  if (column === -1) return false
  const first = table.rows === 0 ? '' : table.at(0).cells[column]
  for (let row = 1; row < table.rows; row += 1) {
    if (table.at(row).cells[column] !== first) return true
  }
  return false
}

function namesIn(table: Table, column: number): string[] {
  const names = new Set<string>()
  for (let row = 0; row < table.rows; row += 1) {
    names.add(table.at(row).cells[column] ?? '')
    if (names.size > FIELDS_MAX) {
      throw new TableError(
        table.name,
        `more than ${FIELDS_MAX} different fields; is the column field right?`,
      )
    }
  }
  return [...names]
}

/** A field is known by its name or its label; where two could be meant, by the name. */
export function fieldsByTitle(form: FormDefinition): Map<string, FieldDefinition> {
  const titles = (titlesOf: (field: FieldDefinition) => string[]) =>
    form.fields.flatMap((field) =>
      titlesOf(field).map((title) => [titleKey(title), field] as const),
    )
  return new Map([...titles(({ label }) => [label.vi, label.en]), ...titles(({ name }) => [name])])
}

function cellIn(
  items: Map<string, Map<string, OpenCell>>,
  item: string,
  field: FieldDefinition,
): OpenCell {
  const cells = items.get(item) ?? new Map<string, OpenCell>()
  items.set(item, cells)
  const cell = cells.get(field.name) ?? { field, entries: [], people: new Set<string>() }
  cells.set(field.name, cell)
  return cell
}
