import type { FormDefinition } from '@songnhap/contracts'
import { type Contents, resolveDittos } from '../dittos/resolve-dittos.ts'
import { type PageReadings, readingColumns } from '../reading-columns.ts'
import type { RowPair } from './align-in-order.ts'
import { alignReadings } from './align-rows.ts'
import { checkPairs } from './check-pairs.ts'

/** Null: by place, the first record with the first and so on. */
export type RecordPairs = readonly RowPair[] | null

/** How sure the pairing is, and what a person would be asked about. */
export interface PairingAlignment {
  /** How much dearer the next best way is, at least; null where there is no other, or a person decided. */
  readonly margin: number | null
  /** A person should confirm the pairing before any field is compared. */
  readonly ambiguous: boolean
  /** Another way of pairing is nearly as good: it is not enough to ask about what is alone. */
  readonly undecided: boolean
  /** Records that only one entry has, as they align best. */
  readonly gaps: number
  /** The best pairing, also where it is too uncertain to be used: what to propose to a person. */
  readonly proposed: readonly RowPair[]
}

interface Pairing {
  readonly pairs: RecordPairs
  readonly alignment: PairingAlignment
}

/**
 * How the records of two entries are paired for comparison: as they align, where no other way is
 * nearly as good; otherwise by place. A record that is alone is asked about in any case.
 */
export function pairRecords(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
): Pairing {
  return pairReadings(form, readingColumns(form, resolveDittos(form, a), resolveDittos(form, b)))
}

/** The same for readings of which ditto marks are resolved. */
export function pairReadings(
  form: Pick<FormDefinition, 'recordOrder'>,
  readings: PageReadings,
): Pairing {
  const { pairs: proposed, undecided, ambiguous, margin } = alignReadings(form, readings)
  const alignment = { margin, ambiguous, undecided, gaps: countGaps(proposed), proposed }
  if (undecided) return { pairs: null, alignment }
  const joined = form.recordOrder === 'free' ? proposed : joinAlone(proposed)
  return { pairs: byPlaceOr(joined), alignment }
}

/** Records paired as a person decided, who is not doubted, but may have counted wrongly. */
export function pairAsDecided(
  form: FormDefinition,
  decided: readonly RowPair[],
  rows: number,
  columns: number,
): Pairing {
  const fault = checkPairs(form, decided, rows, columns)
  if (fault !== null) throw new Error(`the pairs given are no pairing of these records: ${fault}`)
  const alignment = {
    margin: null,
    ambiguous: false,
    undecided: false,
    gaps: countGaps(decided),
    proposed: decided,
  }
  return { pairs: byPlaceOr(decided), alignment }
}

function byPlaceOr(pairs: readonly RowPair[]): RecordPairs {
  return pairs.every(isByPlace) ? null : pairs
}

function countGaps(pairs: readonly RowPair[]): number {
  return pairs.filter((pair) => pair.includes(null)).length
}

/**
 * As many records alone on one side as on the other, in one place of the page: however unlike, they
 * are the same lines of the paper, and an arbiter sees their fields side by side.
 */
function joinAlone(pairs: readonly RowPair[]): RowPair[] {
  const joined: RowPair[] = []
  let alone: RowPair[] = []
  for (const pair of [...pairs, null]) {
    if (pair?.includes(null)) {
      alone.push(pair)
      continue
    }
    const first = alone.filter(([place]) => place !== null)
    const second = alone.filter(([, place]) => place !== null)
    const same = first.length === second.length
    joined.push(...(same ? first.map(([x], at): RowPair => [x, second[at]?.[1] ?? null]) : alone))
    if (pair !== null) joined.push(pair)
    alone = []
  }
  return joined
}

function isByPlace([first, second]: RowPair, place: number): boolean {
  return (first ?? place) === place && (second ?? place) === place
}

/** One entry's records as they were paired; null where the other entry has one that this has not. */
export function inPairs<R>(
  pairs: RecordPairs,
  side: 0 | 1,
  records: readonly R[],
): readonly (R | null)[] {
  if (pairs === null) return records
  return pairs.map((pair) => {
    const place = pair[side]
    return place === null ? null : (records[place] ?? null)
  })
}
