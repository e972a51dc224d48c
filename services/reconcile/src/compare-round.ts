/** One comparison of what both sides of a page hold. Pure. */
import { alignRows, comparePages } from '@songnhap/comparators'
import type { FormDefinition } from '@songnhap/contracts'
import { diagnose, keyOf as keyOfDiagnosis } from './diagnosis.ts'
import type { PageSides } from './page-side.ts'
import type { RowPair } from './place.ts'
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

/** In stages: no field is compared while it is not known whether, or with what, it should be. */
export function compareRound(form: FormDefinition, sides: PageSides, basis: Basis): Round {
  const [first, second] = [sides[0].rows, sides[1].rows]
  const { round, corrections } = basis
  const { ruleVersion, ...compared } = comparePages(form, first, second, basis.pairs)
  const pairs = basis.pairs ?? compared.pairs ?? byPlace(first.length, second.length)
  const whole = { round, ruleVersion, corrections, fields: 0, differences: [] }
  const pairsGiven = basis.pairs !== null
  if (basis.mayDiagnose && !pairsGiven) {
    const found = diagnose(form, first, second)
    const diagnosis = found.find((one) => !basis.isRuledOn(keyOfDiagnosis(one)))
    if (diagnosis !== undefined) {
      return { ...whole, pairs, pairsGiven, diagnosis, undecided: false }
    }
  }
  // One record against one has no other pairing that an arbiter could choose.
  if (!pairsGiven && first.length + second.length > 2) {
    const aligned = alignRows(form, first, second)
    if (aligned.undecided) {
      return { ...whole, pairs: aligned.pairs, pairsGiven, diagnosis: null, undecided: true }
    }
  }
  const { fields } = compared
  // Of a record that only one reader has, no field is asked: it gets its second reading first.
  const differences = compared.differences.filter(
    ({ field, present }) => field === null || (present[0] && present[1]),
  )
  return {
    ...whole,
    pairs,
    pairsGiven,
    diagnosis: null,
    undecided: false,
    fields,
    differences,
  }
}

/** The first record with the first, and so on. */
export function byPlace(first: number, second: number): RowPair[] {
  return Array.from({ length: Math.max(first, second) }, (_, place): RowPair => {
    return [place < first ? place : null, place < second ? place : null]
  })
}
