import type { FormDefinition, TypedRecord, TypedRecords } from '@songnhap/contracts'
import type { RowPair } from './align-in-order.ts'
import { alignRows } from './align-rows.ts'

/** Null: by place, the first record with the first and so on. */
export type RecordPairs = readonly RowPair[] | null

/**
 * How the records of two entries are paired for comparison: as they align, where no other way is
 * nearly as good; otherwise by place. A record that is alone is asked about in any case.
 */
export function pairRecords(form: FormDefinition, a: TypedRecords, b: TypedRecords): RecordPairs {
  const { pairs, undecided } = alignRows(form, a, b)
  if (undecided) return null
  const joined = form.recordOrder === 'free' ? pairs : joinAlone(pairs)
  return joined.every(isByPlace) ? null : joined
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
export function inPairs(
  pairs: RecordPairs,
  side: 0 | 1,
  records: TypedRecords,
): readonly (TypedRecord | null)[] {
  if (pairs === null) return records
  return pairs.map((pair) => {
    const place = pair[side]
    return place === null ? null : (records[place] ?? null)
  })
}
