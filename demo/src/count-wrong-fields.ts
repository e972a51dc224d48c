import { isWrong } from '@songnhap/comparators'
import type { FormDefinition, SettledRecord, TypedRecords } from '@songnhap/contracts'
import { readingOf } from './misread.ts'

export interface WrongFields {
  /** Both typists wrote the same wrong value: double entry cannot see these. */
  agreed: number
  /** A third typist had read the same wrong value as one of two. */
  majority: number
  /** An arbiter ruled wrongly. */
  ruled: number
  /** Keyed wrongly by the one person who keyed the field. */
  single: number
}

/** Settled fields that differ from the truth; a record missing or too many counts all its fields. */
export function countWrongFields(
  form: FormDefinition,
  truths: ReadonlyMap<string, TypedRecords>,
  settled: readonly SettledRecord[],
): WrongFields {
  const wrong = { agreed: 0, majority: 0, ruled: 0, single: 0 }
  const found = new Map(
    settled.map((record) => [`${record.pageId} ${record.record}`, record.values]),
  )
  for (const [pageId, truth] of truths) {
    for (const [index, written] of truth.entries()) {
      const key = `${pageId} ${index + 1}`
      const values = found.get(key)
      found.delete(key)
      for (const field of form.fields) {
        const value = values?.[field.name]
        const right = readingOf(written, field)
        if (value !== undefined && !isWrong(field, value, right)) continue
        wrong[value?.how ?? 'ruled'] += 1
      }
    }
  }
  wrong.ruled += found.size * form.fields.length
  return wrong
}
