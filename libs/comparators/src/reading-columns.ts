import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import type { Content } from './compare-readings.ts'
import { isSameReading } from './is-same-reading.ts'
import { readingOf } from './reading-of.ts'

/** One field as both entries read it, record by record: looked up once, and asked for many times. */
export interface ReadingColumn<R extends Content = Content> {
  readonly field: FieldDefinition
  readonly first: readonly (R | null)[]
  readonly second: readonly (R | null)[]
}

/** Two entries by their fields, and how many records each has. */
export interface PageReadings<R extends Content = Content> {
  readonly rows: number
  readonly columns: number
  readonly fields: readonly ReadingColumn<R>[]
}

type RecordOf<R> = Readonly<Record<string, R | null>>

export function readingColumns<R extends Content>(
  { fields }: FormDefinition,
  a: readonly RecordOf<R>[],
  b: readonly RecordOf<R>[],
): PageReadings<R> {
  const read = (field: FieldDefinition, records: readonly RecordOf<R>[]) =>
    records.map((record) => readingOf(field, record))
  return {
    rows: a.length,
    columns: b.length,
    fields: fields.map((field) => ({ field, first: read(field, a), second: read(field, b) })),
  }
}

/** Character for character, as most pages are: then nothing has to be brought into any form. */
export function areIdentical({ rows, columns, fields }: PageReadings): boolean {
  return (
    rows === columns &&
    fields.every(({ first, second }) => first.every((x, row) => isSameCell(x, second[row] ?? null)))
  )
}

function isSameCell(x: Content | null, y: Content | null): boolean {
  return (x === null && y === null) || isSameReading(x, y)
}
