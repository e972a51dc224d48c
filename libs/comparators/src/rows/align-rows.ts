import type { FormDefinition } from '@songnhap/contracts'
import { type Contents, resolveDittos } from '../dittos/resolve-dittos.ts'
import { areIdentical, type PageReadings, readingColumns } from '../reading-columns.ts'
import {
  type Aligned,
  alignInOrder,
  alignWithin,
  GAP,
  MARGIN_MIN,
  ROUNDING,
  type RowPair,
  type Section,
} from './align-in-order.ts'
import { assignFreely } from './assign-freely.ts'
import { type Anchor, findAnchors, withoutCrossings } from './find-anchors.ts'
import { type RowCosts, rowCosts } from './row-costs.ts'

export interface RowAlignment {
  /** Each record of both entries once, in the order of the page; null: that entry does not have it. */
  readonly pairs: readonly RowPair[]
  readonly cost: number
  /** How much dearer the next best way is, at least; null where there is no other. */
  readonly margin: number | null
  /** Another way of pairing is nearly as good, or numbers and the rest contradict each other. */
  readonly undecided: boolean
  /** A person should confirm the pairing before any field is compared. */
  readonly ambiguous: boolean
}

/** Which record of one entry is which of the other. Every record comes out once, paired or alone. */
export function alignRows(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
): RowAlignment {
  return alignReadings(form, readingColumns(form, resolveDittos(form, a), resolveDittos(form, b)))
}

/** The same for readings of which ditto marks are resolved. */
export function alignReadings(
  { recordOrder }: Pick<FormDefinition, 'recordOrder'>,
  readings: PageReadings,
): RowAlignment {
  const { rows, columns } = readings
  if (recordOrder !== 'free' && areIdentical(readings)) return told(byPlaceAt(0, rows))
  const costs = rowCosts(readings)
  if (recordOrder === 'free') return told(alignAnyOrder(costs, findAnchors(costs), rows, columns))
  const byPlace = alignByPlace(costs, rows, columns)
  if (byPlace !== null) return told(byPlace)
  const anchors = findAnchors(costs)

  const ordered = withoutCrossings(anchors)
  const anchored = joinSections(costs, ordered, rows, columns)
  // Numbers can be a row too high; then the rest of the rows knows better, and a person decides.
  const cheaper = ordered.length > 0 && isDearerThanNeeded(costs, anchored.cost, rows, columns)
  return told(anchored, cheaper || ordered.length < anchors.length)
}

function isDearerThanNeeded(
  { at }: RowCosts,
  cost: number,
  rows: number,
  columns: number,
): boolean {
  const whole: Section = { first: [0, rows], second: [0, columns] }
  return alignWithin(at, whole, cost - ROUNDING) !== null
}

/**
 * The common case, without looking at any other pairs: any other order leaves out two rows, so it
 * costs two gaps at least.
 */
function alignByPlace({ at }: RowCosts, rows: number, columns: number): Aligned | null {
  if (rows !== columns) return null
  const dearest = 2 * GAP - MARGIN_MIN
  let cost = 0
  for (let row = 0; row < rows && cost <= dearest; row += 1) cost += at(row, row, dearest - cost)
  if (cost > dearest) return null
  return byPlaceAt(cost, rows)
}

function byPlaceAt(cost: number, rows: number): Aligned {
  const pairs = Array.from({ length: rows }, (_, row): RowPair => [row, row])
  return { pairs, cost, margin: rows === 0 ? Number.POSITIVE_INFINITY : 2 * GAP - cost }
}

/** Between one anchor and the next, rows are aligned on their own. */
function joinSections(
  { at }: RowCosts,
  anchors: readonly Anchor[],
  rows: number,
  columns: number,
): Aligned {
  const ends: Anchor[] = [...anchors, [rows, columns]]
  let [first, second, cost, margin] = [0, 0, 0, Number.POSITIVE_INFINITY]
  const pairs: RowPair[] = []
  for (const end of ends) {
    const section = alignInOrder(at, { first: [first, end[0]], second: [second, end[1]] })
    pairs.push(...section.pairs)
    cost += section.cost
    margin = Math.min(margin, section.margin)
    ;[first, second] = [end[0] + 1, end[1] + 1]
    if (end[0] === rows) break
    pairs.push(end)
    cost += at(...end)
  }
  return { pairs, cost, margin }
}

function alignAnyOrder(
  { at }: RowCosts,
  anchors: readonly Anchor[],
  rows: number,
  columns: number,
): Aligned {
  const fixed = new Map(anchors)
  const taken = new Set(fixed.values())
  const free = assignFreely(
    at,
    places(rows).filter((row) => !fixed.has(row)),
    places(columns).filter((column) => !taken.has(column)),
  )
  const pairs = [...anchors, ...free.pairs].toSorted(
    (a, b) => (a[0] ?? rows) - (b[0] ?? rows) || (a[1] ?? 0) - (b[1] ?? 0),
  )
  const cost = anchors.reduce((sum, anchor) => sum + at(...anchor), free.cost)
  return { ...free, pairs, cost }
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place)
}

function told({ pairs, cost, margin }: Aligned, doubtful = false): RowAlignment {
  const gap = pairs.some((pair) => pair.includes(null))
  const undecided = doubtful || margin < MARGIN_MIN - ROUNDING
  return {
    pairs,
    cost,
    margin: margin === Number.POSITIVE_INFINITY ? null : margin,
    undecided,
    ambiguous: undecided || gap,
  }
}
