/**
 * What speaks for a slip and what against it, row by row, and how surely chance alone would not do
 * it. Rules: C32 and C33 of docs/spec/comparison.md.
 */

import { chanceOfAtLeast } from './chance-of-at-least.ts'

/** What one row says about a slip. */
export type Sign = 'for' | 'against' | 'neither' | 'nothing'

export interface Row {
  readonly sign: Sign
  /** How probable it is that this row speaks for the slip if there is none. */
  readonly chance: number
}

export interface Zone {
  readonly start: number
  readonly end: number
  readonly score: number
  readonly rowsFor: number
  readonly rowsAgainst: number
  readonly chance: number
}

const WEIGHT: Record<Sign, number> = { for: 1, against: -1, neither: -0.25, nothing: 0 }
/** Fewer rows are a few slips of the pen. */
export const ROWS_MIN = 4
const FOR_SHARE_MIN = 2 / 3
const AGAINST_SHARE_MAX = 0.1
/** A typist's eye does fall on the neighbouring cell now and then. */
const CHANCE_MIN = 0.02
/** How many false findings may be expected on a page, whatever was tried on it. */
export const FALSE_FINDINGS_MAX = 0.01

/**
 * The stretch of rows that speaks most for a slip, where that is enough. `tried` is how many
 * slips were looked for; each could have been in any stretch.
 */
export function findZone(rows: readonly Row[], tried: number): Zone | null {
  const found = bestStretch(rows)
  if (found === null) return null
  const zone = judge(rows, found.start, found.end, found.score)
  const stretches = (rows.length * (rows.length + 1)) / 2
  return zone === null || zone.chance * tried * stretches > FALSE_FINDINGS_MAX
    ? null
    : { ...zone, chance: zone.chance * tried * stretches }
}

/** The same for a slip that can only be in all rows at once. */
export function findThroughout(rows: readonly Row[], tried: number): Zone | null {
  const score = rows.reduce((sum, { sign }) => sum + WEIGHT[sign], 0)
  const zone = judge(rows, 0, rows.length, score)
  if (zone === null || zone.chance * tried > FALSE_FINDINGS_MAX) return null
  return { ...zone, chance: zone.chance * tried }
}

function judge(rows: readonly Row[], start: number, end: number, score: number): Zone | null {
  const inside = rows.slice(start, end).filter(({ sign }) => sign !== 'nothing')
  const rowsFor = inside.filter(({ sign }) => sign === 'for').length
  const rowsAgainst = inside.filter(({ sign }) => sign === 'against').length
  if (rowsFor < ROWS_MIN || rowsFor < FOR_SHARE_MIN * inside.length) return null
  if (rowsAgainst > AGAINST_SHARE_MAX * inside.length) return null
  return { start, end, score, rowsFor, rowsAgainst, chance: chanceOf(inside, rowsFor) }
}

/** Begins and ends with a row that speaks for the slip. */
function bestStretch(rows: readonly Row[]) {
  let best: { start: number; end: number; score: number } | null = null
  let [start, score] = [0, 0]
  for (const [at, { sign }] of rows.entries()) {
    if (score <= 0) [start, score] = [at, 0]
    score += WEIGHT[sign]
    if (score <= 0 || sign !== 'for') continue
    if (best === null || score > best.score) best = { start, end: at + 1, score }
  }
  if (best === null) return null
  while (rows[best.start]?.sign === 'nothing') best.start += 1
  return best
}

/** That so many rows or more speak for the slip by chance. */
function chanceOf(rows: readonly Row[], rowsFor: number): number {
  const chances = rows.map(({ chance }) => Math.min(Math.max(chance, CHANCE_MIN), 1))
  return chanceOfAtLeast(rowsFor, chances)
}
