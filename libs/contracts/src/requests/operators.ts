/** What is known of people's accuracy. Rules: docs/spec/accuracy.md. */
import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { FieldClassName } from '../facts/audits.ts'
import { SettledValue } from '../facts/reconcile.ts'
import { Figure } from '../figure.ts'
import { FigureBasis } from '../figure-basis.ts'
import { FormReference } from '../form-definition.ts'
import { closed, Day, Id, Moment, Sha256 } from '../primitives.ts'
import { FieldName, Reading } from '../reading.ts'

const Count = Type.Integer({ minimum: 0 })
const FigureOrNull = Type.Union([Figure, Type.Null()])
const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

/** One campaign, or all campaigns keyed by forms of this name; days of keying, both included. */
export const OperatorScope = closed({
  campaignId: Type.Optional(Id),
  formName: Type.Optional(FormReference.properties.name),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
})
export type OperatorScope = Static<typeof OperatorScope>

/** Speed is told beside accuracy only, and not at all where accuracy is not. */
export const PaceFigures = closed({
  /** Records of which the desk told how long they took, without breaks, and their time. */
  records: Count,
  activeSeconds: Type.Number({ minimum: 0 }),
  perActiveHour: NumberOrNull,
  /** By as many fields as this typist's records have on average. */
  fieldsPerHour: NumberOrNull,
  keysPerHour: NumberOrNull,
  /** Keys that erase ÷ all keys. */
  erasedShare: NumberOrNull,
})
export type PaceFigures = Static<typeof PaceFigures>

/**
 * The risk-adjusted CUSUM over the pages keyed last, in the order in which they were keyed: whether somebody
 * errs more than he or she used to, whatever the difficulty.
 */
export const TrendFigures = closed({
  /** Errors ÷ expected errors in the first fields, with a standard error on top; and how many fields they are. */
  usual: Type.Number(),
  usualOf: Count,
  sum: Type.Number({ minimum: 0 }),
  limit: Type.Number(),
  oddsRatio: Type.Number(),
  fields: Count,
  /** Keying days of the pages that raised a signal, each once, oldest first. */
  signalDays: Type.Array(Day),
})
export type TrendFigures = Static<typeof TrendFigures>

/** Every rate is null where not `enough` was judged: nothing is said of somebody by 299 fields. */
const Rates = {
  enough: Type.Boolean(),
  pages: Count,
  records: Count,
  judged: Count,
  unjudged: Count,
  /** All errors ÷ judged. */
  rate: FigureOrNull,
  /** Errors of content in fields of the classes `critical` and `identity-critical`. */
  major: FigureOrNull,
  /** Records left out, made up, and slips: each one error, over records that are there or were made up. */
  rows: closed({ leftOut: Count, madeUp: Count, slips: Count, rate: FigureOrNull }),
  /** Readings with a mark, and readings carried over from the record above ÷ readings. */
  marks: FigureOrNull,
  carried: FigureOrNull,
  pace: Type.Union([PaceFigures, Type.Null()]),
}

export const OperatorFigures = closed({
  operatorId: Id,
  ...Rates,
  /** As `rate` would be if errors that both typists made alike were seen. */
  corrected: FigureOrNull,
  /** Between what was seen and what is known of the others. */
  shrunk: FigureOrNull,
  /** By the upper bound of `shrunk`, from 1. */
  rank: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  /** Errors ÷ errors expected of the average operator on the same fields. */
  ratio: FigureOrNull,
  trend: Type.Union([TrendFigures, Type.Null()]),
  /** Fields agreed on that an audit found wrong ÷ those that audits looked at, of all days. */
  agreed: Figure,
  /** Fields wrong ÷ fields judged of known-answer pages, which are in no other figure. */
  known: Figure,
})
export type OperatorFigures = Static<typeof OperatorFigures>

export const ArbiterFigures = closed({
  arbiterId: Id,
  rulings: Count,
  escalated: Count,
  secondsPerRuling: FigureOrNull,
  /** First-shown readings chosen ÷ readings chosen; by chance one half. */
  firstChosen: FigureOrNull,
  /** Of the two-sided exact test that it is one half. */
  orderBias: Type.Union([closed({ z: Type.Number(), pValue: Type.Number() }), Type.Null()]),
})
export type ArbiterFigures = Static<typeof ArbiterFigures>

/** A field as all its typists have it; the rate is null where not enough was judged. */
const FieldOfAll = {
  field: FieldName,
  class: FieldClassName,
  judged: Count,
  unjudged: Count,
  rate: FigureOrNull,
}

/** Only what is counted of this field, or of the fields of this class: no pace, marks and trend then. */
const Narrow = { field: Type.Optional(FieldName), class: Type.Optional(FieldClassName) }

/**
 * Typists by id, as many as fit into a message; `after` is the last one's id. Arbiters and the fields of all
 * typists together come with the first.
 */
export const readOperators = defineRequest(
  'reconcile',
  'operator.list.v1',
  closed({ ...OperatorScope.properties, ...Narrow, after: Type.Optional(Id) }),
  closed({
    ...FigureBasis,
    typists: Type.Array(OperatorFigures),
    fields: Type.Array(closed(FieldOfAll)),
    arbiters: Type.Array(ArbiterFigures),
    more: Type.Boolean(),
  }),
)

/** In UTF-16 units of a text, end excluded. */
const Stretch = closed({ start: Count, end: Count })

/** A field that was judged wrong against a typist on a settled page. */
export const Charge = closed({
  chargeId: Id,
  campaignId: Id,
  pageId: Id,
  bookTitle: Type.String(),
  sequence: Type.Integer(),
  form: FormReference,
  recordId: Id,
  /** Place among the page's records, from 1. */
  record: Type.Integer({ minimum: 1 }),
  field: FieldName,
  class: FieldClassName,
  major: Type.Boolean(),
  /** When it was keyed. */
  day: Day,
  /** How often the page had been settled when it was judged so last. */
  revision: Type.Integer({ minimum: 1 }),
  /** What the typist has. */
  reading: Reading,
  /** What counts. */
  settled: SettledValue,
  /** Where the two texts differ. */
  letters: closed({ reading: Type.Array(Stretch), settled: Type.Array(Stretch) }),
})
export type Charge = Static<typeof Charge>

/** `how`: only the tone, only the mark on the letter, both, another letter, or one too few or too many. */
export const Confusion = closed({
  truth: Type.String({ maxLength: 8 }),
  typed: Type.String({ maxLength: 8 }),
  how: Type.Enum(['tone', 'quality', 'tone-and-quality', 'letter', 'left-out', 'added']),
  times: Type.Integer(),
})
export type Confusion = Static<typeof Confusion>

const ByField = closed({
  field: FieldName,
  class: FieldClassName,
  judged: Count,
  unjudged: Count,
  rate: FigureOrNull,
  ratio: FigureOrNull,
})
const ByClass = closed({ class: FieldClassName, judged: Count, rate: FigureOrNull })

/** One day of keying. The moving average is of (wrong − expected) ÷ √expected, around 0. */
export const OperatorDay = closed({
  day: Day,
  judged: Count,
  wrong: Count,
  expected: Type.Number(),
  average: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Of the CUSUM after the day's last page; null before the pages it looks at. */
  sum: NumberOrNull,
  signalled: Type.Boolean(),
})
export type OperatorDay = Static<typeof OperatorDay>

/** All of one typist, with 20 charges a call, the latest first; `after` is the last one's id. */
export const readOperator = defineRequest(
  'reconcile',
  'operator.read.v1',
  closed({ ...OperatorScope.properties, operatorId: Id, after: Type.Optional(Id) }),
  closed({
    ...FigureBasis,
    figures: OperatorFigures,
    fields: Type.Array(ByField),
    classes: Type.Array(ByClass),
    /** Empty where not enough was judged. */
    days: Type.Array(OperatorDay),
    /** Of all days, those that happened most often first. */
    confusions: Type.Array(Confusion),
    charges: Type.Array(Charge),
    more: Type.Boolean(),
  }),
)

/** One field over all typists: NOT_FOUND where no form of the scope has it. */
export const readField = defineRequest(
  'reconcile',
  'field.read.v1',
  closed({ ...OperatorScope.properties, field: FieldName }),
  closed({
    asOf: Moment,
    truth: Count,
    ...FieldOfAll,
    /** The thousand of whom most was judged, by id. */
    typists: Type.Array(
      closed({
        operatorId: Id,
        judged: Count,
        unjudged: Count,
        rate: FigureOrNull,
        ratio: FigureOrNull,
      }),
    ),
    /** Of all days. What was settled before an earlier release is not among them. */
    confusions: Type.Array(Confusion),
  }),
)

export const OwnFigures = closed({
  formName: FormReference.properties.name,
  ...Rates,
  fields: Type.Array(ByField),
})
export type OwnFigures = Static<typeof OwnFigures>

/** What a person may know of the own accuracy: nothing of others, and nothing before a page is settled. */
export const readOwnAccuracy = defineRequest(
  'reconcile',
  'operator.read-own.v1',
  closed({ personId: Id, after: Type.Optional(Id) }),
  closed({
    asOf: Moment,
    forms: Type.Array(OwnFigures),
    confusions: Type.Array(Confusion),
    charges: Type.Array(Charge),
    more: Type.Boolean(),
  }),
)

/** The image of the page of a charge, for the one who is charged, as long as the charge stands. */
export const findChargeImage = defineRequest(
  'reconcile',
  'charge.image.v1',
  closed({ personId: Id, chargeId: Id }),
  closed({ sha256: Sha256 }),
)
