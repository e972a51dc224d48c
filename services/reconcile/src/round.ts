import type { Diagnosis, Difference, RowPair } from '@songnhap/comparators'

/** One comparison of a page. Each decision about the whole page, and each new reading, makes another. */
export interface Round {
  readonly round: number
  readonly ruleVersion: string
  /** Which row of one side is which of the other, in the order of the page. */
  readonly pairs: readonly RowPair[]
  /** The pairs come from a person or from the round before, and are not asked about. */
  readonly pairsGiven: boolean
  readonly corrections: readonly Correction[]
  /** Asked about in this round, and nothing else with it. */
  readonly diagnosis: Diagnosis | null
  /** The pairing is asked about in this round, and nothing else with it. */
  readonly undecided: boolean
  /** Pairs of fields that were compared. */
  readonly fields: number
  /** By record, which is the place in `pairs`, from 1. */
  readonly differences: readonly Difference[]
}

/** A slip that an arbiter accepted: the reading counts as it should have been typed. */
export interface Correction {
  readonly side: 0 | 1
  /** The keying that slipped: a pass that is keyed again is not corrected. */
  readonly turn: number
  readonly diagnosis: Diagnosis
}
