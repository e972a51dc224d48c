import Type, { type Static } from 'typebox'
import { closed } from './primitives.ts'

/** Why a value is not simply there. Beside the value, never instead of it: `partly-legible` has both. */
export const MARKS = [
  'blank',
  'illegible',
  'partly-legible',
  'torn',
  'struck-out',
  'ditto',
] as const
export type Mark = (typeof MARKS)[number]

/** How the value came to be: agreement of two carried values is weaker than of two typed ones. */
export const ORIGINS = ['typed', 'picked', 'carried'] as const
export type Origin = (typeof ORIGINS)[number]

export const VALUE_LENGTH_MAX = 4096
export const RECORDS_MAX = 60

/** What one person read in one field: characters as written on the paper, never trimmed or folded. */
export const Reading = closed({
  value: Type.String({ maxLength: VALUE_LENGTH_MAX }),
  mark: Type.Optional(Type.Enum([...MARKS])),
  origin: Type.Enum([...ORIGINS]),
})
export type Reading = Static<typeof Reading>

export const FieldName = Type.String({ pattern: '^[a-z][a-zA-Z0-9_]{0,63}$' })

/** One record of a page as one person read it: a reading for every field of the form. */
export const TypedRecord = Type.Record(FieldName, Reading, { additionalProperties: false })
export type TypedRecord = Static<typeof TypedRecord>

/** All records of a page, in the order of the paper. An empty list is a page without records. */
export const TypedRecords = Type.Array(TypedRecord, { maxItems: RECORDS_MAX })
export type TypedRecords = Static<typeof TypedRecords>

/** Places of records on a page, counted from its top, from 1, ascending. */
export const Places = Type.Array(Type.Integer({ minimum: 1, maximum: 2 * RECORDS_MAX }), {
  minItems: 1,
  maxItems: RECORDS_MAX,
})
export type Places = Static<typeof Places>

/** Only these fields of each of some records, in the order of their places. */
export const Cells = Type.Array(
  Type.Array(FieldName, { minItems: 1, maxItems: 200, uniqueItems: true }),
  { minItems: 1, maxItems: RECORDS_MAX },
)
export type Cells = Static<typeof Cells>

/** A pass may be keyed again by somebody new: its turns count from 1. */
export const Turn = Type.Integer({ minimum: 1, maximum: 100 })
