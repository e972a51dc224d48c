import Type, { type Static } from 'typebox'
import { Bilingual, closed } from './primitives.ts'
import { FieldName } from './reading.ts'

/** `error`: the entry is refused. `warning`: the typist is asked. `information`: it is said. */
export const SEVERITIES = ['error', 'warning', 'information'] as const
export type Severity = (typeof SEVERITIES)[number]

const Fields = Type.Array(FieldName, { minItems: 1, maxItems: 20 })

const Words = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
  minItems: 1,
  maxItems: 20,
})
const Day = Type.String({ format: 'date' })

/**
 * What is checked, once a record. A rule says nothing where a field that it needs is empty, marked,
 * or cannot be understood: registers are incomplete, and that is no contradiction.
 */
const CheckRule = Type.Union([
  /** The earlier date is not after the later one, as far as both are known. */
  closed({ kind: Type.Literal('in-order'), earlier: FieldName, later: FieldName }),
  /** From one date to the other it is at least, or at most, so long. */
  closed({
    kind: Type.Literal('time-between'),
    from: FieldName,
    to: FieldName,
    daysMin: Type.Optional(Type.Integer({ minimum: 0 })),
    daysMax: Type.Optional(Type.Integer({ minimum: 0 })),
    yearsMin: Type.Optional(Type.Integer({ minimum: 0 })),
    yearsMax: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  /** The date is one that the calendar has. */
  closed({ kind: Type.Literal('real-date'), field: FieldName }),
  /** A date in words is the date in digits. */
  closed({ kind: Type.Literal('words-equal-digits'), words: FieldName, digits: FieldName }),
  /** The date is in the year of the book, or the year after. */
  closed({ kind: Type.Literal('year-of-book'), date: FieldName, book: FieldName }),
  /** The structure of an identity number, and what it says of sex and year of birth. */
  closed({
    kind: Type.Literal('identity-number'),
    number: FieldName,
    sex: Type.Optional(FieldName),
    /** Where the form has no field for it: a husband's number. */
    sexIs: Type.Optional(Type.Enum(['male', 'female'])),
    born: Type.Optional(FieldName),
  }),
  /** One of the fields has a name that begins with the same word (the family name). */
  closed({ kind: Type.Literal('family-name'), field: FieldName, sameAsOneOf: Fields }),
  /** The field has none of these words: a man's name none that only women's names have. */
  closed({ kind: Type.Literal('without-words'), field: FieldName, words: Words }),
  /** The fields are empty or marked blank. */
  closed({ kind: Type.Literal('empty'), fields: Fields }),
  /** One field at least has a value. */
  closed({ kind: Type.Literal('filled'), fields: Fields }),
  closed({
    kind: Type.Literal('between'),
    field: FieldName,
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
  }),
  /** The number is one more than in the record above. */
  closed({ kind: Type.Literal('ascending'), field: FieldName }),
  /** No other record of the page has the same, nor the same in the further fields together. */
  closed({ kind: Type.Literal('unique'), field: FieldName, with: Type.Optional(Fields) }),
  /** The two fields of the record differ. */
  closed({ kind: Type.Literal('differ'), fields: Type.Tuple([FieldName, FieldName]) }),
  /** The place is an administrative unit that existed on the date. Needs a list of units. */
  closed({ kind: Type.Literal('unit-on-date'), place: FieldName, date: FieldName }),
])
export type CheckRule = Static<typeof CheckRule>

/** The field has one of these values, or its date is one from a day on, and before another. */
const CheckCondition = Type.Union([
  closed({ field: FieldName, is: Words }),
  closed({ field: FieldName, from: Day, before: Type.Optional(Day) }),
  closed({ field: FieldName, before: Day }),
])
export type CheckCondition = Static<typeof CheckCondition>

/** A check between fields. A warning never blocks: a register that is wrong must be enterable. */
export const FieldCheck = closed({
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
  severity: Type.Enum([...SEVERITIES]),
  message: Bilingual,
  /** Only for records of which this holds; where it cannot be told, nothing is said. */
  when: Type.Optional(CheckCondition),
  rule: CheckRule,
})
export type FieldCheck = Static<typeof FieldCheck>
