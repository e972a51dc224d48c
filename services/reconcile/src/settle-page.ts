/**
 * What a page's last comparison and its rulings amount to. Pure: the same inputs settle the same way,
 * whenever and however often they are looked at.
 */
import type { SettledValue } from '@songnhap/contracts'
import {
  type Compared,
  type PlacedRuling,
  type Rulings,
  type SettledRecordValues,
  turnsOf,
} from './compared.ts'
import { keyOf as keyOfDiagnosis } from './diagnosis.ts'
import { alignmentPlace, diagnosisPlace, keyOf, type Place, recordPlace } from './place.ts'
import type { Round } from './round.ts'
import { settleDittos } from './settle-dittos.ts'
import { type OpenPlace, type SettledField, settleField } from './settle-field.ts'

/** Records (from 1, by their places in the round's pairs) that a side lacks; null: all of the page. */
interface Lacking {
  readonly side: 0 | 1
  readonly only: { readonly places: readonly number[]; readonly rows: readonly number[] } | null
}

export type PageState =
  | { readonly kind: 'open'; readonly open: readonly OpenPlace[] }
  /** Something was decided that makes another comparison. */
  | { readonly kind: 'changed' }
  /** Nothing is open, and nothing can be settled before somebody has keyed these. */
  | { readonly kind: 'lacking'; readonly lacking: readonly Lacking[] }
  /** A third person keys some fields: until then nothing is asked, and nothing settled. */
  | { readonly kind: 'third' }
  | { readonly kind: 'settled'; readonly records: readonly SettledRecordValues[] }

export function settlePage(compared: Compared, rulings: Rulings): PageState {
  const { sides, round } = compared
  const turns = turnsOf(sides)
  const alignment = alignmentPlace(turns, round.round)
  const paired = rulings.get(keyOf(alignment))
  // Also where nobody asked for it: an arbiter has seen that rows are paired wrongly.
  if (paired?.verdict === 'aligned') return { kind: 'changed' }
  if (round.diagnosis !== null) {
    const page = diagnosisPlace(turns, keyOfDiagnosis(round.diagnosis))
    return decide(page, rulings.get(keyOf(page)))
  }
  if (round.undecided) return decide(alignment, paired)
  return settleRecords(compared, rulings)
}

/** What a decision about the whole page leads to. */
function decide(place: Place, ruling: PlacedRuling | undefined): PageState {
  switch (ruling?.verdict) {
    case undefined:
      return { kind: 'open', open: [{ place, escalated: false }] }
    case 'escalate':
      return { kind: 'open', open: [{ place, escalated: true }] }
    case 'send-back-first':
      return { kind: 'lacking', lacking: [{ side: 0, only: null }] }
    case 'send-back-second':
      return { kind: 'lacking', lacking: [{ side: 1, only: null }] }
    case 'send-back-both':
      return { kind: 'lacking', lacking: ([0, 1] as const).map((side) => ({ side, only: null })) }
    default:
      return { kind: 'changed' }
  }
}

function settleRecords(compared: Compared, rulings: Rulings): PageState {
  const { pairs } = compared.round
  const states = pairs.map((_, index) => settleRecord(compared, rulings, index + 1))
  const open = states.flatMap((state) => (state.kind === 'open' ? state.open : []))
  if (open.length > 0) return { kind: 'open', open }
  const lacking = lackingOf(pairs, states)
  if (lacking.length > 0) return { kind: 'lacking', lacking }
  const records = states.flatMap((state, index) =>
    state.kind === 'settled' ? [{ record: index + 1, values: state.values }] : [],
  )
  return { kind: 'settled', records: settleDittos(compared.form, records) }
}

type RecordState =
  | { readonly kind: 'open'; readonly open: readonly OpenPlace[] }
  | { readonly kind: 'settled'; readonly values: Record<string, SettledValue> }
  | { readonly kind: 'lacking' | 'not there' }

function settleRecord(compared: Compared, rulings: Rulings, record: number): RecordState {
  const { form, sides, round } = compared
  const rows = round.pairs[record - 1] ?? [null, null]
  if (rows.includes(null)) return settleExistence(recordPlace(turnsOf(sides), rows), rulings)
  const differences = new Map(
    round.differences.filter((d) => d.record === record).map((d) => [d.field, d]),
  )
  const open: OpenPlace[] = []
  const values: Record<string, SettledValue> = {}
  for (const field of form.fields) {
    const settled: SettledField = settleField(compared, rulings, {
      field,
      rows,
      difference: differences.get(field.name),
    })
    if ('value' in settled) values[field.name] = settled
    else open.push(settled)
  }
  return open.length > 0 ? { kind: 'open', open } : { kind: 'settled', values }
}

function settleExistence(place: Place, rulings: Rulings): RecordState {
  const ruling = rulings.get(keyOf(place))
  if (ruling === undefined) return { kind: 'open', open: [{ place, escalated: false }] }
  switch (ruling.verdict) {
    case 'first':
      return { kind: place.rows[0] === null ? 'not there' : 'lacking' }
    case 'second':
      return { kind: place.rows[1] === null ? 'not there' : 'lacking' }
    default:
      return { kind: 'open', open: [{ place, escalated: true }] }
  }
}

/** Places are counted among the records that are there: only those can be found on the paper. */
function lackingOf(pairs: Round['pairs'], states: readonly RecordState[]): Lacking[] {
  const there = pairs.filter((_, index) => states[index]?.kind !== 'not there')
  const lacked = there.flatMap((rows, index) => (rows.includes(null) ? [{ rows, index }] : []))
  return ([0, 1] as const).flatMap((side) => {
    const here = lacked.filter(({ rows }) => rows[side] === null)
    if (here.length === 0) return []
    const places = here.map(({ index }) => index + 1)
    return [{ side, only: { places, rows: here.map(({ rows }) => rows[1 - side] ?? -1) } }]
  })
}
