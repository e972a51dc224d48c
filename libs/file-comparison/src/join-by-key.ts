import { type RowPair, standardForm } from '@songnhap/comparators'
import type { FieldDefinition } from '@songnhap/contracts'
import { TableError } from '@songnhap/tables'
import type { RecordSource } from './record-source.ts'

const LINES_NAMED_MAX = 10

/**
 * Which row of one table is which of the other, by what stands in one column, in any order: in the
 * order of the first, with rows that only the second has behind the row that they follow there. A key
 * that is empty or there twice names no row, and is refused with the lines that have it.
 */
export function joinByKey(
  key: FieldDefinition,
  columns: readonly [first: number, second: number],
  first: RecordSource,
  second: RecordSource,
): RowPair[] {
  const rowsOfFirst = rowsByKey(key, columns[0], first)
  const rowsOfSecond = rowsByKey(key, columns[1], second)
  const pairs: RowPair[] = []
  const added = new Set<number>()
  const followers = (from: number) => {
    for (let row = from; row < second.rows && !added.has(row); row += 1) {
      if (rowsOfFirst.has(keyAt(key, columns[1], second, row))) return
      added.add(row)
      pairs.push([null, row])
    }
  }
  followers(0)
  for (const [value, row] of rowsOfFirst) {
    const other = rowsOfSecond.get(value) ?? null
    pairs.push([row, other])
    if (other !== null) followers(other + 1)
  }
  return pairs
}

function rowsByKey(
  key: FieldDefinition,
  column: number,
  source: RecordSource,
): Map<string, number> {
  const rows = new Map<string, number>()
  const [empty, again]: [number[], Set<number>] = [[], new Set()]
  for (let row = 0; row < source.rows; row += 1) {
    const value = keyAt(key, column, source, row)
    const before = rows.get(value)
    if (value === '') empty.push(source.lineOf(row))
    else if (before === undefined) rows.set(value, row)
    else again.add(source.lineOf(before)).add(source.lineOf(row))
  }
  if (empty.length > 0) {
    throw new TableError(source.name, `no ${key.name} on ${lines(empty)}; every row needs its key`)
  }
  if (again.size > 0) {
    const what = `the same ${key.name} more than once, on ${lines([...again])}; a key names one row`
    throw new TableError(source.name, what)
  }
  return rows
}

function keyAt(key: FieldDefinition, column: number, source: RecordSource, row: number): string {
  return standardForm(key, source.cell(row, column))
}

function lines(numbers: readonly number[]): string {
  const rest = numbers.length - LINES_NAMED_MAX
  const named = numbers.slice(0, LINES_NAMED_MAX).join(', ')
  return `line${numbers.length === 1 ? '' : 's'} ${named}${rest > 0 ? ` and ${rest} more` : ''}`
}
