/** Fields of a settled page that an arbiter's ruling decided between two readings, or a majority. Pure. */
import { findField } from '@songnhap/forms'
import { turnsOf } from '../compared.ts'
import type { PageCase, StoredQuestion } from '../page-case.ts'
import { fieldPlace, keyOf, type Place } from '../place.ts'
import { MAJORITY, readingsAt } from '../settle-field.ts'

const BY_RULING = /^ruling-/

export interface RuledField {
  readonly record: number
  readonly question: StoredQuestion & { readonly field: string }
}

/**
 * What was put right since stands by another rule, and is nobody's ruling any more. Of majorities only those against
 * which somebody appealed are there: of others nothing was asked.
 */
export function ruledFields(page: PageCase): RuledField[] {
  const { state, asked, compared, round } = page
  if (state.kind !== 'settled') return []
  const byKey = new Map(asked.map((question) => [keyOf(question), question]))
  const turns = turnsOf(compared.sides)
  return state.records.flatMap(({ record, values }) => {
    const rows = round.pairs[record - 1] ?? [null, null]
    return Object.entries(values).flatMap(([field, { how, rule }]) => {
      const question = byKey.get(keyOf(fieldPlace(turns, rows, field)))
      const isDecided = (how === 'ruled' && BY_RULING.test(rule)) || rule === MAJORITY
      if (!isDecided || question === undefined) return []
      // Where a slip was put right one reading may be gone: there is nothing to choose between.
      const readings = readingsAt(compared.sides, rows, field)
      if (readings.includes(null) || findField(page.form, field) === undefined) return []
      return [{ record, question: { ...question, field } }]
    })
  })
}

/** Where a field stands that a majority settled; undefined where it was settled otherwise. */
export function majorityPlace(page: PageCase, record: number, field: string): Place | undefined {
  const { state, compared, round } = page
  if (state.kind !== 'settled') return undefined
  const values = state.records.find((one) => one.record === record)?.values
  if (values?.[field]?.rule !== MAJORITY) return undefined
  return fieldPlace(turnsOf(compared.sides), round.pairs[record - 1] ?? [null, null], field)
}
