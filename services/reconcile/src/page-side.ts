/** What one of a page's two sides holds: a pass as it was keyed, and what was keyed beside it. Pure. */
import type { CorrectedRecord } from '@songnhap/comparators'
import type { TypedRecords } from '@songnhap/contracts'

export interface KeptReading {
  readonly entryId: string
  readonly personId: string
  readonly pass: 1 | 2
  /** Which keying of the pass. */
  readonly turn: number
  readonly records: TypedRecords
}

/** A reading that somebody new was asked for. */
export interface Want {
  readonly pass: 1 | 2
  readonly turn: number
  /** The round whose questions made it wanted. */
  readonly round: number
  /** Null: the whole page. */
  readonly only: OnlyRecords | null
}

interface OnlyRecords {
  /** Where they stand on the page, from 1, among the records that are there. */
  readonly places: readonly number[]
  /** The same records as rows of the other side, which has them. */
  readonly rows: readonly number[]
}

export interface PageSide {
  readonly entryId: string
  readonly typist: string
  readonly turn: number
  /** So many rows are the entry's own; those after them are records that it lacked. */
  readonly own: number
  readonly rows: readonly CorrectedRecord[]
  readonly added: readonly AddedRow[]
}

interface AddedRow {
  readonly typist: string
  /** The row of the other side that was keyed a second time. */
  readonly otherRow: number
}

export type PageSides = readonly [PageSide, PageSide]

/** The side of a pass whose own entry is this one, with what was keyed to fill its gaps. */
export function pageSide(
  entry: KeptReading,
  readings: readonly KeptReading[],
  wanted: readonly Want[],
  correct: (records: TypedRecords) => readonly CorrectedRecord[] = (records) => records,
): PageSide {
  const { entryId, personId: typist, turn, pass } = entry
  const later = wanted
    .filter((want) => want.pass === pass && want.turn > turn)
    .toSorted((a, b) => a.turn - b.turn)
  const filled = later.flatMap(({ only, turn }) => {
    const reading = readings.find((one) => one.pass === pass && one.turn === turn)
    if (only === null || reading === undefined) return []
    return reading.records.map((record, index) => {
      return { record, typist: reading.personId, otherRow: only.rows[index] ?? -1 }
    })
  })
  const own = correct(entry.records)
  const rows = [...own, ...filled.map(({ record }) => record)]
  return { entryId, typist, turn, own: own.length, rows, added: filled }
}

/** The last keying of the whole pass that has come. */
export function lastKeying(
  pass: 1 | 2,
  readings: readonly KeptReading[],
  wanted: readonly Want[],
): KeptReading | undefined {
  return readings
    .filter((one) => one.pass === pass && !isPartial(one, wanted))
    .toSorted((a, b) => b.turn - a.turn)[0]
}

function isPartial({ pass, turn }: KeptReading, wanted: readonly Want[]): boolean {
  return wanted.some((want) => want.pass === pass && want.turn === turn && want.only !== null)
}

export function hasCome({ pass, turn }: Want, readings: readonly KeptReading[]): boolean {
  return readings.some((one) => one.pass === pass && one.turn === turn)
}
