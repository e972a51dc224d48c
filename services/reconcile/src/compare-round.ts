/** One comparison of what both sides of a page hold. Pure. */
import {
  type CorrectedRecord,
  comparePages,
  diagnosePage,
  type PageComparison,
  type RowPair,
} from '@songnhap/comparators'
import type { FormDefinition } from '@songnhap/contracts'
import { keyOf as keyOfDiagnosis } from './diagnosis.ts'
import type { PageSide, PageSides } from './page-side.ts'
import type { Correction, Round } from './round.ts'

/** What was decided before. */
export interface Basis {
  readonly round: number
  /** From a person, or from the round before. Null: the records are aligned. */
  readonly pairs: readonly RowPair[] | null
  readonly corrections: readonly Correction[]
  /** False once somebody has ruled on records or fields: what was decided stays. */
  readonly mayDiagnose: boolean
  readonly isRuledOn: (diagnosis: string) => boolean
}

export const NOTHING_DECIDED: Basis = {
  round: 1,
  pairs: null,
  corrections: [],
  mayDiagnose: true,
  isRuledOn: () => false,
}

/** Looking for a cause takes longer than comparing; fewer than these have none that would be told. */
const DIFFERENCES_OF_A_SLIP_MIN = 4

/** In stages: no field is compared while it is not known whether, or with what, it should be. */
export function compareRound(form: FormDefinition, sides: PageSides, basis: Basis): Round {
  const [first, second] = [sides[0].rows, sides[1].rows]
  const { round, corrections } = basis
  const pairsGiven = basis.pairs !== null
  const compared =
    basis.pairs === null
      ? comparePages(form, first, second)
      : compareGiven(form, sides, basis.pairs)
  const { ruleVersion, alignment } = compared
  const pairs = basis.pairs ?? compared.pairs ?? byPlace(first.length, second.length)
  const whole = { round, ruleVersion, corrections, fields: 0, differences: [], pairsGiven }
  // One cause shows in many rows (C32), and on nearly all pages a few fields differ, or none.
  const differ = compared.differences.filter(({ outcome }) => outcome.class !== 'equivalent')
  if (differ.length >= DIFFERENCES_OF_A_SLIP_MIN && basis.mayDiagnose && !pairsGiven) {
    const found = diagnosePage(form, first, second)
    const diagnosis = found.find((one) => !basis.isRuledOn(keyOfDiagnosis(one)))
    if (diagnosis !== undefined) return { ...whole, pairs, diagnosis, undecided: false }
  }
  // One record against one has no other pairing that an arbiter could choose.
  if (alignment.undecided && first.length + second.length > 2) {
    return { ...whole, pairs: alignment.proposed, diagnosis: null, undecided: true }
  }
  // Of a record that only one reader has, no field is asked: it gets its second reading first.
  const differences = compared.differences.filter(
    ({ field, present }) => field === null || (present[0] && present[1]),
  )
  const { fields } = compared
  return { ...whole, pairs, diagnosis: null, undecided: false, fields, differences }
}

/**
 * Compares in the order of the page, where records that were keyed later stand among the others: a
 * ditto mark refers to the line above it on the paper.
 */
function compareGiven(
  form: FormDefinition,
  sides: PageSides,
  pairs: readonly RowPair[],
): PageComparison {
  const orders = [orderOf(form, pairs, 0), orderOf(form, pairs, 1)] as const
  return comparePages(form, inOrder(sides[0], orders[0]), inOrder(sides[1], orders[1]), {
    pairs: pairs.map(([x, y]): RowPair => [placeOf(orders[0], x), placeOf(orders[1], y)]),
  })
}

function inOrder({ rows }: PageSide, order: readonly number[]): CorrectedRecord[] {
  return order.flatMap((row) => {
    const record = rows[row]
    return record === undefined ? [] : [record]
  })
}

function placeOf(order: readonly number[], row: number | null): number | null {
  return row === null ? null : order.indexOf(row)
}

function orderOf(form: FormDefinition, pairs: readonly RowPair[], side: 0 | 1): number[] {
  const rows = pairs.flatMap((pair) => pair[side] ?? [])
  return form.recordOrder === 'free' ? rows.toSorted((a, b) => a - b) : rows
}

/** The first record with the first, and so on. */
export function byPlace(first: number, second: number): RowPair[] {
  return Array.from({ length: Math.max(first, second) }, (_, place): RowPair => {
    return [place < first ? place : null, place < second ? place : null]
  })
}
