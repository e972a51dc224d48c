import Type, { type Static } from 'typebox'
import { defineFact } from '../define.ts'
import { closed, Id } from '../primitives.ts'
import { Cells, FieldName, Places, RECORDS_MAX, Reading, Turn } from '../reading.ts'

/**
 * How two readings of one field relate. The first three are settled without a person; the others go
 * to an arbiter. Rule version 1 said `formatting` where later ones say `equivalent`: stored outcomes
 * keep their class and version, and no new outcome has it.
 */
export const OUTCOME_CLASSES = [
  'identical',
  'equivalent',
  'both-blank',
  'variant',
  'different',
  'value-against-mark',
  'mark-against-mark',
  'row-missing',
  'formatting',
] as const
export const OutcomeClass = Type.Enum([...OUTCOME_CLASSES])
export type OutcomeClass = Static<typeof OutcomeClass>

/**
 * What a question is about, and the order in which questions are asked: one cause behind what differs
 * on the whole page, which record is which, a record that only one reader has, one field.
 */
export const QUESTION_KINDS = ['page', 'alignment', 'record', 'field'] as const
export const QuestionKind = Type.Enum([...QUESTION_KINDS])
export type QuestionKind = Static<typeof QuestionKind>

export const VERDICTS = [
  'first',
  'second',
  /** Of a field that a third person keyed too: the last of the three readings shown. */
  'third',
  'both',
  'other',
  'illegible',
  'escalate',
  /** Of `alignment`: the records are paired as the ruling says. */
  'aligned',
  /** Of `page`: this reading slipped as the diagnosis says, and is taken as it should have been. */
  'correct-first',
  'correct-second',
  /** Of `page` and `alignment`: this reading is no use; somebody new keys the page. */
  'send-back-first',
  'send-back-second',
  'send-back-both',
  /** Of `page`: there is no such slip; the page is compared as it was typed. */
  'as-typed',
] as const
export const Verdict = Type.Enum([...VERDICTS])
export type Verdict = Static<typeof Verdict>

/** Places of one record in the first entry and in the second, from 0; null: that entry has it not. */
const Row = Type.Union([Type.Integer({ minimum: 0, maximum: 4 * RECORDS_MAX }), Type.Null()])
export const RowPair = Type.Tuple([Row, Row])
/** Which record of one entry is which of the other, in the order of the page. */
export const RowPairs = Type.Array(RowPair, { maxItems: 4 * RECORDS_MAX })
export type RowPairs = Static<typeof RowPairs>

/** How one cause explains that two entries of a page differ all over. */
export const DIAGNOSIS_KINDS = [
  'row-shift',
  'columns-swapped',
  'wrong-heading',
  'day-month-swapped',
  'wrong-image',
] as const
const InBoth = Type.Tuple([Type.Integer({ minimum: 1 }), Type.Integer({ minimum: 1 })])
export const DiagnosisShown = closed({
  kind: Type.Enum([...DIAGNOSIS_KINDS]),
  /** For `wrong-heading`: the field in the first entry, then that in the second. */
  fields: Type.Array(FieldName, { maxItems: 200 }),
  /** Record of the first entry and of the second from which, and up to which, it holds; from 1. */
  fromRecord: InBoth,
  toRecord: InBoth,
  /** The second entry stands so many records lower than the first; higher, if negative. */
  shift: Type.Integer(),
  /** Share of cells that agree: as they stand, and once put right. */
  fitBefore: Type.Number(),
  fitAfter: Type.Number(),
})
export type DiagnosisShown = Static<typeof DiagnosisShown>

/** Record and field that a question is about; record 0: the page; field null: the whole record. */
const Place = {
  record: Type.Integer({ minimum: 0 }),
  field: Type.Union([FieldName, Type.Null()]),
}

/**
 * Both entries of a page were compared. Says how many fields differ, never what was read. Said again,
 * as the next round, when an arbiter's decision or a new reading made it worth comparing once more.
 */
export const pageCompared = defineFact(
  'reconcile',
  'page.compared.v1',
  closed({
    pageId: Id,
    entryIds: Type.Tuple([Id, Id]),
    ruleVersion: Type.String({ maxLength: 32 }),
    fields: Type.Integer({ minimum: 0 }),
    questions: Type.Integer({ minimum: 0 }),
    /** Absent: the first. */
    round: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
)

export const rulingMade = defineFact(
  'reconcile',
  'ruling.made.v1',
  closed({
    rulingId: Id,
    questionId: Id,
    pageId: Id,
    ...Place,
    /** Absent: a record (field null) or a field. */
    kind: Type.Optional(QuestionKind),
    /** Which rows of the two passes' readings, whatever was shown first. */
    rows: Type.Optional(RowPair),
    arbiterId: Id,
    /** As the arbiter saw it: `first` is the reading of the second pass when `swapped`. */
    verdict: Verdict,
    swapped: Type.Boolean(),
    /** Of three readings, where the third person's was shown among the two others, from 0. */
    thirdAt: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 })),
    /**
     * The two passes had agreed: what was shown is the first one's reading and the third person's, who takes the
     * place of the second. Absent: they differed.
     */
    agreed: Type.Optional(Type.Literal(true)),
    value: Type.Optional(Reading),
    /** With `aligned`: which record is which, in the order of the passes. */
    pairs: Type.Optional(RowPairs),
  }),
)

/**
 * `agreed`: by both typists. `majority`: they differed, and a third one read as one of them. `ruled`: by an arbiter.
 * `single`: keyed by one person only, as the form wants it.
 */
export const SETTLED_HOW = ['agreed', 'majority', 'ruled', 'single'] as const

/** How a field came to its settled value, and by which rule. */
export const SettledValue = closed({
  value: Type.String(),
  mark: Type.Optional(Reading.properties.mark),
  how: Type.Enum([...SETTLED_HOW]),
  class: OutcomeClass,
  rule: Type.String({ maxLength: 64 }),
})
export type SettledValue = Static<typeof SettledValue>

export const recordSettled = defineFact(
  'reconcile',
  'record.settled.v1',
  closed({
    recordId: Id,
    pageId: Id,
    campaignId: Id,
    record: Type.Integer({ minimum: 1 }),
    ruleVersion: Type.String({ maxLength: 32 }),
    /** More than 1: settled again, and these values stand for those said before. Absent: 1. */
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
    values: Type.Record(FieldName, SettledValue, { additionalProperties: false }),
  }),
)

export const pageSettled = defineFact(
  'reconcile',
  'page.settled.v1',
  closed({
    pageId: Id,
    campaignId: Id,
    records: Type.Integer({ minimum: 0 }),
    /** More than 1: settled again. Absent: 1. */
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
)

/**
 * A page is to be keyed once more by somebody who never had it in hand, as blind as the first time:
 * a pass that an arbiter sent back, or records that one of the two typists left out.
 */
export const readingWanted = defineFact(
  'reconcile',
  'page.reading-wanted.v1',
  closed({
    pageId: Id,
    pass: Type.Union([Type.Literal(1), Type.Literal(2)]),
    turn: Turn,
    /** Only these records; absent: the whole page. */
    places: Type.Optional(Places),
    /** Only these fields of each of the `places`; absent: all of them. */
    cells: Type.Optional(Cells),
    /** Everybody who saw a reading of the page without keying it: its arbiters. */
    notBy: Type.Array(Id, { maxItems: 1800 }),
  }),
)

/**
 * A ruling was put to a second arbiter, who did not know of it, and where they differed to a supervisor. Said
 * when that is over, and not before.
 */
export const rulingRechecked = defineFact(
  'reconcile',
  'ruling.rechecked.v1',
  closed({
    recheckId: Id,
    /** Absent, with `arbiterId`: a typist appealed against a majority, which is nobody's ruling. */
    rulingId: Type.Optional(Id),
    pageId: Id,
    campaignId: Id,
    /** Whose ruling it was. */
    arbiterId: Type.Optional(Id),
    record: Type.Integer({ minimum: 1 }),
    field: FieldName,
    /** `drawn`: by chance. `appeal`: its typist appealed. */
    reason: Type.Enum(['drawn', 'appeal']),
    outcome: Type.Enum(['confirmed', 'overturned']),
    /** Whether the second arbiter said otherwise; null: he or she passed it on. */
    disagreed: Type.Union([Type.Boolean(), Type.Null()]),
  }),
)
