import type { FieldDefinition } from '@songnhap/contracts'
import type { Diagnosis } from './diagnosis.ts'
import { findZone, ROWS_MIN, type Row, type Sign, type Zone } from './evidence.ts'
import { type Cell, type Column, isSame, type PageColumns } from './page-columns.ts'

/** An eye slips by a row or a few. */
const SHIFT_MAX = 5
const SHIFTS = Array.from({ length: 2 * SHIFT_MAX + 1 }, (_, at) => at - SHIFT_MAX).filter(Boolean)
/** Where another slip explains nearly as much, the column repeats itself and tells nothing. */
const RUNNER_UP_MAX = 0.8
const WIDENED_MAX = 2

/** Which cells of one column of the two entries say the same. */
interface Matches {
  readonly field: FieldDefinition
  readonly first: readonly Cell[]
  readonly second: readonly Cell[]
  /** Line of the first entry against line of the second. */
  readonly across: (i: number, j: number) => boolean
  readonly withinFirst: (i: number, j: number) => boolean
  readonly withinSecond: (i: number, j: number) => boolean
  /** By line of the first entry: how many cells of the second say the same. */
  readonly often: (i: number) => number
}

interface Shift {
  readonly matches: Matches
  readonly shift: number
  /** In lines of the first entry. */
  readonly zone: Zone
}

/**
 * Columns of which one entry has a stretch some rows below the other. Columns with the same slip in
 * the same place are one finding; a finding of all fields names them all.
 */
export function findRowShifts(page: PageColumns, all: readonly string[]): Diagnosis[] {
  const candidates = page.columns.map(matchesOf).filter(mayHaveSlipped)
  const tried = SHIFTS.length * candidates.length
  const found = candidates.flatMap((matches) => bestShift(matches, tried) ?? [])
  const groups: Shift[][] = []
  for (const one of found) {
    const group = groups.find(([other]) => other !== undefined && areOne(one, other))
    if (group === undefined) groups.push([one])
    else group.push(one)
  }
  return groups.map((group) => tellGroup(page, all, group))
}

function matchesOf({ field, first, second }: Column): Matches {
  const test = (a: readonly Cell[], b: readonly Cell[]) => {
    const known = new Map<number, boolean>()
    return (i: number, j: number) => {
      const [x, y] = [a[i], b[j]]
      if (x === undefined || y === undefined) return false
      const key = i * b.length + j
      const same = known.get(key) ?? isSame(field, x, y)
      known.set(key, same)
      return same
    }
  }
  const across = test(first, second)
  const often = (i: number) => second.filter((_, j) => across(i, j)).length
  const [withinFirst, withinSecond] = [test(first, first), test(second, second)]
  return { field, first, second, across, withinFirst, withinSecond, often }
}

/** Most columns agree nearly everywhere, and need no second look. */
function mayHaveSlipped({ first, across }: Matches): boolean {
  const off = first.filter(({ form }, i) => form !== null && !across(i, i))
  return off.length >= ROWS_MIN - 1
}

function bestShift(matches: Matches, tried: number): Shift | null {
  const shifts = SHIFTS.flatMap((shift) => {
    const rows = rowsAt(matches, shift)
    const zone = findZone(rows, tried)
    return zone === null ? [] : [{ matches, shift, zone: widened(rows, zone) }]
  })
  const [best, second] = shifts.toSorted((a, b) => b.zone.score - a.zone.score)
  if (best === undefined) return null
  const rival = second !== undefined && second.zone.score > RUNNER_UP_MAX * best.zone.score
  return rival ? null : best
}

/** A slip may begin, or end, with a cell that was also misread. */
function widened(rows: readonly Row[], zone: Zone): Zone {
  let { start, end } = zone
  while (zone.start - start < WIDENED_MAX && rows[start - 1]?.sign === 'neither') start -= 1
  while (end - zone.end < WIDENED_MAX && rows[end]?.sign === 'neither') end += 1
  return { ...zone, start, end }
}

/** Line i of the first entry against line i + shift of the second: the same for both entries. */
function rowsAt(matches: Matches, shift: number): Row[] {
  const { first, second, often } = matches
  return first.map((_, i) => {
    const sign = signAt(matches, i, i + shift)
    const others = Math.max(second.filter(({ form }) => form !== null).length - 1, 1)
    return { sign, chance: sign === 'for' ? Math.max(often(i) - 1, 0) / others : 0 }
  })
}

function signAt(matches: Matches, i: number, j: number): Sign {
  const { first, second, across, withinFirst, withinSecond } = matches
  const [x, y] = [first[i], second[j]]
  if (x === undefined || y === undefined) return 'nothing'
  const [here, there] = [across(i, i) || across(j, j), across(i, j)]
  // A value that its neighbours repeat is found a row off also where nothing slipped.
  const repeated = withinFirst(i, j) || withinSecond(i, j)
  if (there) return here || repeated ? 'nothing' : 'for'
  if (here) return 'against'
  return x.form === null || y.form === null ? 'nothing' : 'neither'
}

/** The same slip of two columns: by as many rows, in much the same place. */
function areOne(a: Shift, b: Shift): boolean {
  if (a.shift !== b.shift) return false
  const shared = Math.min(a.zone.end, b.zone.end) - Math.max(a.zone.start, b.zone.start)
  const [start, end] = unionOf([a, b])
  return 2 * shared > end - start && [a, b].every((one) => !speaksAgainst(one, start, end))
}

function unionOf(group: readonly Shift[]): readonly [number, number] {
  const zones = group.map(({ zone }) => zone)
  return [Math.min(...zones.map(({ start }) => start)), Math.max(...zones.map(({ end }) => end))]
}

/** Outside of its own stretch, but within the wider one. */
function speaksAgainst({ matches, shift, zone }: Shift, start: number, end: number): boolean {
  return rowsAt(matches, shift).some(({ sign }, at) => {
    const added = at >= start && at < end && (at < zone.start || at >= zone.end)
    return added && sign === 'against'
  })
}

function tellGroup(page: PageColumns, all: readonly string[], group: readonly Shift[]): Diagnosis {
  const [start, end] = unionOf(group)
  const shift = group[0]?.shift ?? 0
  const names = group.map(({ matches }) => matches.field.name)
  const others = page.columns.filter(({ field }) => !names.includes(field.name)).map(matchesOf)
  const whole = group.length > 1 && !others.some((column) => staysPut(column, shift, start, end))
  const count = (test: (shift: Shift, i: number) => boolean) =>
    group.reduce((sum, one) => sum + range(start, end).filter((i) => test(one, i)).length, 0)
  // Of the cells of both entries, so that it is the same from either side.
  const cells =
    count(({ matches }, i) => matches.first[i]?.form != null) +
    count(({ matches }, i) => matches.second[i + shift]?.form != null)
  const [before, after] = [
    count(({ matches }, i) => matches.across(i, i)) +
      count(({ matches }, i) => matches.across(i + shift, i + shift)),
    2 * count(({ matches }, i) => matches.across(i, i + shift)),
  ]
  return {
    kind: 'row-shift',
    fields: whole ? all : all.filter((name) => names.includes(name)),
    fromRecord: [page.places[start]?.[0] ?? 0, page.places[start + shift]?.[1] ?? 0],
    toRecord: [page.places[end - 1]?.[0] ?? 0, page.places[end - 1 + shift]?.[1] ?? 0],
    shift,
    fitBefore: before / Math.max(cells, 1),
    fitAfter: after / Math.max(cells, 1),
    chance: Math.min(...group.map(({ zone }) => zone.chance)),
  }
}

/** Whether a column firmly stands where it is while others have slipped. */
function staysPut(matches: Matches, shift: number, start: number, end: number): boolean {
  const signs = rowsAt(matches, shift).slice(start, end)
  const against = signs.filter(({ sign }) => sign === 'against').length
  return against >= Math.max(ROWS_MIN - 1, (end - start) / 2)
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, at) => start + at)
}
