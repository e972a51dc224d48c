import Type, { type Static } from 'typebox'
import { Bilingual, closed } from './primitives.ts'
import { FieldName, RECORDS_MAX, VALUE_LENGTH_MAX } from './reading.ts'

export const FIELD_KINDS = ['text', 'name', 'number', 'date', 'choice'] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

export const FieldDefinition = closed({
  name: FieldName,
  kind: Type.Enum([...FIELD_KINDS]),
  label: Bilingual,
  lengthMax: Type.Integer({ minimum: 1, maximum: VALUE_LENGTH_MAX }),
  /** Only for `choice`: what may be picked. */
  options: Type.Optional(
    Type.Array(closed({ value: Type.String({ minLength: 1, maxLength: 200 }), label: Bilingual }), {
      minItems: 1,
      maxItems: 500,
    }),
  ),
})
export type FieldDefinition = Static<typeof FieldDefinition>

/** A form is data: what is keyed from a page of this kind of register. */
export const FormDefinition = closed({
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  title: Bilingual,
  recordsMax: Type.Integer({ minimum: 1, maximum: RECORDS_MAX }),
  fields: Type.Array(FieldDefinition, { minItems: 1, maxItems: 200 }),
})
export type FormDefinition = Static<typeof FormDefinition>

/** Names one version of one form. */
export const FormReference = closed({
  name: FormDefinition.properties.name,
  version: FormDefinition.properties.version,
})
export type FormReference = Static<typeof FormReference>
