import type { Diagnosis } from './diagnosis.ts'
import { findThroughout, findZone, ROWS_MIN, type Row, type Sign, type Zone } from './evidence.ts'
import { type Cell, type Column, isSame, isSamePlain, type PageColumns } from './page-columns.ts'

type Exchange = 'columns-swapped' | 'wrong-heading'

/** Pairs of columns whose values changed places, or of which one took the other's. */
export function findExchangedColumns(page: PageColumns): Diagnosis[] {
  const { columns } = page
  const pairs = columns.flatMap((x) => columns.filter((y) => y !== x).map((y) => [x, y] as const))
  const tried = Math.max(pairs.length, 1)
  const swapped = pairs
    .filter(([x, y]) => columns.indexOf(x) < columns.indexOf(y))
    .flatMap(([x, y]) => find(page, 'columns-swapped', x, y, tried) ?? [])
  const taken = new Set(swapped.flatMap(({ fields }) => fields))
  const headings = pairs
    .filter(([x, y]) => !taken.has(x.field.name) && !taken.has(y.field.name))
    .flatMap(([x, y]) => find(page, 'wrong-heading', x, y, tried) ?? [])
  return [...swapped, ...headings]
}

function find(
  page: PageColumns,
  kind: Exchange,
  x: Column,
  y: Column,
  tried: number,
): Diagnosis | null {
  // Asked of every pair of columns: nearly all have nothing in common.
  const alike = y.second.filter((cell, at) => x.first[at]?.plain === cell.plain && cell.plain)
  if (alike.length < ROWS_MIN) return null
  const sign = kind === 'columns-swapped' ? signOfSwap : signOfHeading
  const rows = x.first.map(
    (_, at): Row => ({
      sign: sign(x, y, at),
      chance: oftenElsewhere(x.first, y.second, at),
    }),
  )
  const zone = findThroughout(rows, tried) ?? findZone(rows, tried)
  return zone && tell(page, kind, x, y, rows, zone)
}

interface Crossed {
  /** The first entry's x is the second's y, and the other way round. */
  readonly xIsY: boolean
  readonly yIsX: boolean
  readonly stays: boolean
  readonly cells: readonly [x1: Cell, y1: Cell, x2: Cell, y2: Cell]
}

function crossed(x: Column, y: Column, at: number): Crossed | null {
  const cells = [x.first[at], y.first[at], x.second[at], y.second[at]] as const
  const [x1, y1, x2, y2] = cells
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null
  return {
    xIsY: isSamePlain(x1, y2),
    yIsX: isSamePlain(y1, x2),
    stays: isSame(x.field, x1, x2) || isSame(y.field, y1, y2),
    cells: [x1, y1, x2, y2],
  }
}

function signOfSwap(x: Column, y: Column, at: number): Sign {
  const found = crossed(x, y, at)
  if (found === null) return 'nothing'
  const { xIsY, yIsX, stays, cells } = found
  // Both columns have the same here, or nothing.
  if (xIsY && yIsX) return stays ? 'nothing' : 'for'
  if (stays) return 'against'
  return cells.some(({ form }) => form === null) ? 'nothing' : 'neither'
}

function signOfHeading(x: Column, y: Column, at: number): Sign {
  const found = crossed(x, y, at)
  if (found === null) return 'nothing'
  const { xIsY, stays, cells } = found
  const [x1, y1, x2, y2] = cells
  if (stays) return 'against'
  if (xIsY) return x2.blank || y1.blank ? 'for' : 'neither'
  return x1.form === null && y2.form === null ? 'nothing' : 'neither'
}

/** How probable it is that any value of the other column is this one. */
function oftenElsewhere(first: readonly Cell[], second: readonly Cell[], at: number): number {
  const cell = first[at]
  const others = second.filter(({ plain }, line) => plain !== null && line !== at)
  if (cell === undefined || others.length === 0) return 0
  return others.filter((other) => isSamePlain(cell, other)).length / others.length
}

function tell(
  { places }: PageColumns,
  kind: Exchange,
  x: Column,
  y: Column,
  rows: readonly Row[],
  zone: Zone,
): Diagnosis {
  const inside = rows.slice(zone.start, zone.end).filter(({ sign }) => sign !== 'nothing').length
  // What nothing speaks against holds for the whole page.
  const outside = rows.filter((_, at) => at < zone.start || at >= zone.end)
  const whole = !outside.some(({ sign }) => sign === 'against')
  const [start, end] = whole ? [0, rows.length] : [zone.start, zone.end]
  return {
    kind,
    fields: [x.field.name, y.field.name],
    fromRecord: places[start] ?? [0, 0],
    toRecord: places[end - 1] ?? [0, 0],
    shift: 0,
    fitBefore: zone.rowsAgainst / Math.max(inside, 1),
    fitAfter: zone.rowsFor / Math.max(inside, 1),
    chance: zone.chance,
  }
}
