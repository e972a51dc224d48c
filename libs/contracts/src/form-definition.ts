import Type, { type Static } from 'typebox'
import { FieldCheck } from './field-check.ts'
import { Bilingual, closed } from './primitives.ts'
import { FieldName, MARKS, RECORDS_MAX, VALUE_LENGTH_MAX } from './reading.ts'

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

export const FieldOption = closed({
  value: OptionText,
  label: Bilingual,
  /** The option's number or sign in the list, by which it may be typed too. */
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  /** Other ways to write this option, which may be entered too. */
  aliases: Type.Optional(Type.Array(OptionText, { minItems: 1, maxItems: 50 })),
})
export type FieldOption = Static<typeof FieldOption>

/** What may be settled without a person, beside readings that are the same as written. */
export const ACCEPTABLE_CLASSES = ['equivalent', 'both-blank', 'variant'] as const

/** Where this register is more lenient, or stricter, than the rules of the kind. */
const FieldComparison = closed({
  /** For `text` and `choice`: capital and small letters are the same. */
  ignoreCase: Type.Optional(Type.Boolean()),
  /** For `registration-number` and `book-number`: 01 is 1. */
  ignoreLeadingZeros: Type.Optional(Type.Boolean()),
  /** Where settled text has the tone of an open oa, oe, uy: `old` hòa (absent), `new` hoà. */
  tonePlacement: Type.Optional(Type.Enum(['old', 'new'])),
  /** Outcome classes accepted without an arbiter; absent: `equivalent` and `both-blank`. */
  accept: Type.Optional(
    Type.Array(Type.Enum([...ACCEPTABLE_CLASSES]), { maxItems: 3, uniqueItems: true }),
  ),
})

/** How much an error in the field costs the person it is about. */
export const FIELD_CLASSES = ['identity-critical', 'critical', 'ordinary'] as const
export type FieldClass = (typeof FIELD_CLASSES)[number]

export const LayoutName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' })
const Fraction = Type.Number({ minimum: 0, maximum: 1 })

/** A rectangle on the page image, in fractions of its width and height, from the top left corner. */
const Zone = closed({ x: Fraction, y: Fraction, width: Fraction, height: Fraction })
export type Zone = Static<typeof Zone>

/** One way in which this register's pages are printed. */
const Layout = closed({
  name: LayoutName,
  label: Bilingual,
  /** How far the zones of a record lie from those of the record before, as fractions of the image. */
  recordStep: Type.Optional(
    closed({
      x: Type.Number({ minimum: -1, maximum: 1 }),
      y: Type.Number({ minimum: -1, maximum: 1 }),
    }),
  ),
})

const ListName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' })
/** The day from which this edition of the list holds. */
const ListDate = Type.String({ format: 'date' })

/** Names one edition of one code list: a number means nothing without it. */
export const ListReference = closed({ name: ListName, date: ListDate })
export type ListReference = Static<typeof ListReference>

export const CodeList = closed({
  name: ListName,
  date: ListDate,
  label: Bilingual,
  entries: Type.Array(FieldOption, { minItems: 1, maxItems: 2000 }),
})
export type CodeList = Static<typeof CodeList>

export const FieldDefinition = closed({
  name: FieldName,
  kind: Type.Enum([...FIELD_KINDS]),
  label: Bilingual,
  help: Type.Optional(Bilingual),
  lengthMax: Type.Integer({ minimum: 1, maximum: VALUE_LENGTH_MAX }),
  /** False: may be left empty without a mark. Absent: there is a value, or a mark says why not. */
  required: Type.Optional(Type.Boolean()),
  /** Which marks may be given; absent: all. */
  marks: Type.Optional(
    Type.Array(Type.Enum([...MARKS]), { maxItems: MARKS.length, uniqueItems: true }),
  ),
  /** Only for `choice`, and without `list`: what may be picked. */
  options: Type.Optional(Type.Array(FieldOption, { minItems: 1, maxItems: 500 })),
  /** Only for `choice`, and without `options`: the code list that has what may be picked. */
  list: Type.Optional(ListReference),
  /** Only for `choice`: what is not among its options may be entered too, as the register has it. */
  open: Type.Optional(Type.Boolean()),
  comparison: Type.Optional(FieldComparison),
  /** `single`: keyed by one of the two people only, and so never compared. Absent: `core`. */
  entry: Type.Optional(Type.Enum(['core', 'single'])),
  /** Absent: `ordinary`. */
  class: Type.Optional(Type.Enum([...FIELD_CLASSES])),
  /** Where the field of a page's first record stands, at most once a layout. */
  zones: Type.Optional(
    Type.Array(closed({ layout: LayoutName, ...Zone.properties }), { minItems: 1, maxItems: 20 }),
  ),
  /** What a ditto mark in this field repeats: the field above, or another field of its record. */
  dittoFrom: Type.Optional(Type.Union([Type.Literal('record-above'), FieldName])),
})
export type FieldDefinition = Static<typeof FieldDefinition>

/** A sum at the foot of a page that its records must add up to. */
const ControlTotal = closed({
  /** The field (`integer` or `money`) that is added up; absent: records are counted. */
  of: Type.Optional(FieldName),
  /** The field whose value in the page's last record is the total. */
  total: FieldName,
  message: Bilingual,
})
export type ControlTotal = Static<typeof ControlTotal>

/** A form is data: what is keyed from a page of this kind of register. */
export const FormDefinition = closed({
  /** Where the JSON Schema of forms lies, for editors. */
  $schema: Type.Optional(Type.String({ maxLength: 200 })),
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  title: Bilingual,
  help: Type.Optional(Bilingual),
  /** 1 where a page is one record. */
  recordsMax: Type.Integer({ minimum: 1, maximum: RECORDS_MAX }),
  /** `free` where a page's records may be keyed in any order; otherwise as they stand on the page. */
  recordOrder: Type.Optional(Type.Enum(['page', 'free'])),
  /** In the order of keying. */
  fields: Type.Array(FieldDefinition, { minItems: 1, maxItems: 200 }),
  /** Code lists that fields refer to, so that whoever has the form needs to ask nobody. */
  lists: Type.Optional(Type.Array(CodeList, { minItems: 1, maxItems: 50 })),
  layouts: Type.Optional(Type.Array(Layout, { minItems: 1, maxItems: 20 })),
  controlTotals: Type.Optional(Type.Array(ControlTotal, { minItems: 1, maxItems: 20 })),
  /** What fields of a record, or of neighbouring records, should be to each other. */
  checks: Type.Optional(Type.Array(FieldCheck, { minItems: 1, maxItems: 200 })),
})
export type FormDefinition = Static<typeof FormDefinition>

/** Names one version of one form. */
export const FormReference = closed({
  name: FormDefinition.properties.name,
  version: FormDefinition.properties.version,
})
export type FormReference = Static<typeof FormReference>
