import type { FormDefinition } from '@songnhap/contracts'
import type { RowPair } from './align-in-order.ts'

/** Why a pairing that somebody gives cannot be one of these entries. */
export type PairsFault = 'unknown-record' | 'record-twice' | 'record-left-out' | 'not-in-order'

/**
 * Each record of both entries exactly once, and in the order of the page unless the form says that
 * order is free. Null: so it is.
 */
export function checkPairs(
  form: Pick<FormDefinition, 'recordOrder'>,
  pairs: readonly RowPair[],
  rows: number,
  columns: number,
): PairsFault | null {
  if (pairs.some((pair) => pair.every((place) => place === null))) return 'unknown-record'
  for (const [side, count] of [rows, columns].entries()) {
    const places = pairs.flatMap((pair) => pair[side] ?? [])
    if (places.some((place) => !Number.isInteger(place) || place < 0 || place >= count)) {
      return 'unknown-record'
    }
    if (new Set(places).size < places.length) return 'record-twice'
    if (places.length < count) return 'record-left-out'
    const ordered = places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0))
    if (form.recordOrder !== 'free' && !ordered) return 'not-in-order'
  }
  return null
}
