import Type, { type Static } from 'typebox'
import { Bilingual, closed } from './primitives.ts'
import { FieldName, RECORDS_MAX, VALUE_LENGTH_MAX } from './reading.ts'

/** What a field holds, which decides how two readings of it compare. */
export const FIELD_KINDS = [
  'text',
  'name',
  'place',
  'date',
  'registration-number',
  'book-number',
  'identity-number',
  'integer',
  'money',
  /** Any number, as it is written: for what `integer` and `money` do not fit. */
  'number',
  'choice',
  'boolean',
] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

const OptionText = Type.String({ minLength: 1, maxLength: 200 })

const FieldOption = closed({
  value: OptionText,
  label: Bilingual,
  /** Other ways to write this option, which may be entered too. */
  aliases: Type.Optional(Type.Array(OptionText, { minItems: 1, maxItems: 50 })),
})

/** Where this register is more lenient than the rules of the kind. */
const FieldComparison = closed({
  /** For `text` and `choice`: capital and small letters are the same. */
  ignoreCase: Type.Optional(Type.Boolean()),
  /** For `registration-number` and `book-number`: 01 is 1. */
  ignoreLeadingZeros: Type.Optional(Type.Boolean()),
})

export const FieldDefinition = closed({
  name: FieldName,
  kind: Type.Enum([...FIELD_KINDS]),
  label: Bilingual,
  lengthMax: Type.Integer({ minimum: 1, maximum: VALUE_LENGTH_MAX }),
  /** Only for `choice`: what may be picked. */
  options: Type.Optional(Type.Array(FieldOption, { minItems: 1, maxItems: 500 })),
  comparison: Type.Optional(FieldComparison),
})
export type FieldDefinition = Static<typeof FieldDefinition>

/** A form is data: what is keyed from a page of this kind of register. */
export const FormDefinition = closed({
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  title: Bilingual,
  recordsMax: Type.Integer({ minimum: 1, maximum: RECORDS_MAX }),
  /** `free` where a page's records may be keyed in any order; otherwise as they stand on the page. */
  recordOrder: Type.Optional(Type.Enum(['page', 'free'])),
  fields: Type.Array(FieldDefinition, { minItems: 1, maxItems: 200 }),
})
export type FormDefinition = Static<typeof FormDefinition>

/** Names one version of one form. */
export const FormReference = closed({
  name: FormDefinition.properties.name,
  version: FormDefinition.properties.version,
})
export type FormReference = Static<typeof FormReference>
