/** What settling a page rests on. Pure. */
import type { FormDefinition, Reading, RowPairs, SettledValue, Verdict } from '@songnhap/contracts'
import type { PageSides } from './page-side.ts'
import type { Round } from './round.ts'

/** A ruling in terms of the two passes: whoever showed the readings in another order has undone it. */
export interface PlacedRuling {
  readonly verdict: Verdict
  readonly value?: Reading
  readonly pairs?: RowPairs
  /** Of what an audit found: the rule by which the value is settled. Absent: by the verdict. */
  readonly rule?: string
}

/** Rulings by the keys of what they are about. */
export type Rulings = ReadonlyMap<string, PlacedRuling>

export interface Compared {
  readonly form: FormDefinition
  readonly sides: PageSides
  readonly round: Round
  /** What a third person read of single fields, by the keys of their places. Absent: nobody did. */
  readonly thirds?: ReadonlyMap<string, Reading>
  /** Those of them that settle nothing although they are as one of the two. */
  readonly doubted?: ReadonlySet<string>
  /** Those of them that were asked for although the two had agreed. */
  readonly agreedAsked?: ReadonlySet<string>
}

export function turnsOf([first, second]: PageSides): [number, number] {
  return [first.turn, second.turn]
}

export interface SettledRecordValues {
  /** Place among the records that either reader found, from 1. */
  readonly record: number
  readonly values: Record<string, SettledValue>
}
