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
  /** Fields, with their records' rows, that were asked for although the two agreed. */
  readonly agreed: readonly (readonly [number, number, string])[]
}

/** What was asked and has come, by the places of questions. */
export function thirdReadings(
  third: ThirdKeying | null,
): Pick<Compared, 'thirds' | 'doubted' | 'agreedAsked'> {
  if (third === null || third.reading === null) return {}
  const { records } = third.reading
  const thirds = third.rows.flatMap((rows, at) =>
    (third.cells[at] ?? []).map((field): [string, Reading] => {
      const reading = records[at]?.[field]
      if (reading === undefined) throw new Error('a third entry lacks a field')
      return [keyOf(fieldPlace(TURNS, rows, field)), reading]
    }),
  )
  const keysOf = (places: ThirdKeying['doubts']) =>
    new Set(places.map(([x, y, field]) => keyOf(fieldPlace(TURNS, [x, y], field))))
  return {
    thirds: new Map(thirds),
    doubted: keysOf(third.doubts),
    agreedAsked: keysOf(third.agreed),
  }
}

/** Places among the page's records, from 1, and of each the fields, in the order of keying. */
export interface AskedCells {
  readonly places: readonly number[]
  readonly rows: readonly RowPair[]
  readonly cells: readonly (readonly string[])[]
}

/**
 * Whether a third person can be asked about fields of the page: it is compared for the first time, and no records are
 * doubted, whose places nobody could name.
 */
export function isAskable({ state, form, round }: PageCase): boolean {
  if (round.round > 1 || form.recordOrder === 'free') return false
  if (state.kind === 'settled') return true
  return state.kind === 'open' && state.open.every(({ place }) => place.kind === 'field')
}

/** The differing fields that are worth a third entry, by the keys of their places. */
export function differingAsked(
  { state, form, round }: PageCase,
  isWorth: (field: FieldDefinition) => boolean,
): Set<string> {
  const open = new Set(
    state.kind === 'open' ? state.open.map(({ place }) => keyOf(place)) : undefined,
  )
  const keys = round.differences.flatMap(({ record, field: name, outcome }) => {
    const field = name === null ? undefined : findField(form, name)
    const isAsked = field !== undefined && !isInterpretive(field, outcome) && isWorth(field)
    return isAsked
      ? [keyOf(fieldPlace(TURNS, round.pairs[record - 1] ?? [null, null], field.name))]
      : []
  })
  return new Set(keys.filter((key) => open.has(key)))
}

/** These fields in the order of the page and of the form. Null: there are none. */
export function cellsAt({ form, round }: PageCase, keys: ReadonlySet<string>): AskedCells | null {
  const asked = round.pairs.flatMap((rows, index) => {
    const names = form.fields
      .map(({ name }) => name)
      .filter((name) => keys.has(keyOf(fieldPlace(TURNS, rows, name))))
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
