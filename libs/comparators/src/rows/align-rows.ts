import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { type Contents, resolveDittos } from '../dittos/resolve-dittos.ts'
import { readingOf } from '../reading-of.ts'
import { type Aligned, alignInOrder, GAP, type RowPair, type Section } from './align-in-order.ts'
import { assignFreely } from './assign-freely.ts'
import { type Anchor, findAnchors, withoutCrossings } from './find-anchors.ts'
import { type RowCosts, rowCosts } from './row-costs.ts'

/** Below it another way of pairing is nearly as good, and a person says which one is meant. */
const MARGIN_MIN = 0.05
const ROUNDING = 1e-9

export interface RowAlignment {
  /** Each record of both entries once, in the order of the page; null: that entry does not have it. */
  readonly pairs: readonly RowPair[]
  readonly cost: number
  /** How much dearer the next best way is; null where there is no other. */
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
  if (form.recordOrder !== 'free' && areIdentical(form, a, b)) return told(byPlaceAt(0, a.length))
  const costs = rowCosts(form, resolveDittos(form, a), resolveDittos(form, b))
  if (form.recordOrder === 'free') {
    return told(alignAnyOrder(costs, findAnchors(costs), a.length, b.length))
  }
  const byPlace = alignByPlace(costs, a.length, b.length)
  if (byPlace !== null) return told(byPlace)
  const anchors = findAnchors(costs)

  const ordered = withoutCrossings(anchors)
  const anchored = joinSections(costs, ordered, a.length, b.length)
  const whole: Section = { first: [0, a.length], second: [0, b.length] }
  // Numbers can be a row too high; then the rest of the rows knows better, and a person decides.
  const cheaper =
    ordered.length > 0 && alignInOrder(costs.at, whole).cost < anchored.cost - ROUNDING
  return told(anchored, cheaper || ordered.length < anchors.length)
}

/**
 * The common case, without looking at any other pairs: any other order leaves out two rows, so it
 * costs two gaps at least.
 */
function alignByPlace({ at }: RowCosts, rows: number, columns: number): Aligned | null {
  if (rows !== columns) return null
  const dearest = 2 * GAP - MARGIN_MIN
  let cost = 0
  for (let row = 0; row < rows && cost <= dearest; row += 1) cost += at(row, row)
  if (cost > dearest) return null
  return byPlaceAt(cost, rows)
}

function byPlaceAt(cost: number, rows: number): Aligned {
  const pairs = Array.from({ length: rows }, (_, row): RowPair => [row, row])
  return { pairs, cost, margin: rows === 0 ? Number.POSITIVE_INFINITY : 2 * GAP - cost }
}

/** Character for character, as most pages are: then nothing has to be brought into any form. */
function areIdentical(
  { fields }: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
): boolean {
  return (
    a.length === b.length &&
    a.every((record, row) => {
      const other = b[row]
      return other !== undefined && fields.every((field) => isSameReading(field, record, other))
    })
  )
}

function isSameReading(field: FieldDefinition, a: Contents, b: Contents): boolean {
  const [x, y] = [readingOf(field, a), readingOf(field, b)]
  return x === null || y === null ? x === y : x.value === y.value && x.mark === y.mark
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
