/** What a third person is asked to key of a page whose two entries differ. Pure. Rules: docs/spec/third-entries.md. */
import type { Difference, RowPair } from '@songnhap/comparators'
import type { FieldDefinition, Reading, TypedRecords } from '@songnhap/contracts'
import { findField } from '@songnhap/forms'
import type { Compared } from '../compared.ts'
import type { PageCase } from '../page-case.ts'
import { fieldPlace, keyOf } from '../place.ts'

/** Only what both typists keyed the first time is put to a third one. */
export const TURNS = [1, 1] as const

export interface ThirdKeying {
  /** The records of which something was asked, in the order of the page, as rows of the two entries. */
  readonly rows: readonly RowPair[]
  /** Of each of these records, the fields. */
  readonly cells: readonly (readonly string[])[]
  /** Null: it has not come yet. */
  readonly reading: { readonly personId: string; readonly records: TypedRecords } | null
  /** Fields, with their records' rows, on which two agree who are not to be believed. */
  readonly doubts: readonly (readonly [number, number, string])[]
}

/** What was asked and has come, by the places of questions. */
export function thirdReadings(third: ThirdKeying | null): Pick<Compared, 'thirds' | 'doubted'> {
  if (third === null || third.reading === null) return {}
  const { records } = third.reading
  const thirds = third.rows.flatMap((rows, at) =>
    (third.cells[at] ?? []).map((field): [string, Reading] => {
      const reading = records[at]?.[field]
      if (reading === undefined) throw new Error('a third entry lacks a field')
      return [keyOf(fieldPlace(TURNS, rows, field)), reading]
    }),
  )
  const doubted = third.doubts.map(([x, y, field]) => keyOf(fieldPlace(TURNS, [x, y], field)))
  return { thirds: new Map(thirds), doubted: new Set(doubted) }
}

/** Places among the page's records, from 1, and of each the fields, in the order of keying. */
export interface AskedCells {
  readonly places: readonly number[]
  readonly rows: readonly RowPair[]
  readonly cells: readonly (readonly string[])[]
}

/**
 * Of a page compared for the first time, the differing fields that are worth a third entry. Null: none is, or
 * records are doubted, whose places nobody could name.
 */
export function cellsForThird(
  { state, form, round }: PageCase,
  isWorth: (field: FieldDefinition) => boolean,
): AskedCells | null {
  if (round.round > 1 || state.kind !== 'open' || form.recordOrder === 'free') return null
  if (state.open.some(({ place }) => place.kind !== 'field')) return null
  const chosen = round.differences.filter(({ field: name, outcome }) => {
    const field = name === null ? undefined : findField(form, name)
    return field !== undefined && !isInterpretive(field, outcome) && isWorth(field)
  })
  const open = new Set(state.open.map(({ place }) => keyOf(place)))
  const asked = round.pairs.flatMap((rows, index) => {
    const differing = new Set(
      chosen.filter(({ record }) => record === index + 1).map(({ field }) => field),
    )
    const names = form.fields
      .map(({ name }) => name)
      .filter((name) => differing.has(name) && open.has(keyOf(fieldPlace(TURNS, rows, name))))
    return names.length === 0 ? [] : [{ place: index + 1, rows, names }]
  })
  if (asked.length === 0) return null
  return {
    places: asked.map(({ place }) => place),
    rows: asked.map(({ rows }) => rows),
    cells: asked.map(({ names }) => names),
  }
}

/**
 * What people understand otherwise rather than read otherwise: how a place is named, what is written out, what
 * damage is called. A third person would share the understanding of one of them, and prove nothing.
 */
function isInterpretive({ kind }: FieldDefinition, outcome: Difference['outcome']): boolean {
  return kind === 'place' || outcome.class === 'variant' || outcome.class === 'mark-against-mark'
}
