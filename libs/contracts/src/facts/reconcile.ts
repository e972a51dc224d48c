import Type, { type Static } from 'typebox'
import { defineFact } from '../define.ts'
import { closed, Id } from '../primitives.ts'
import { FieldName, Places, Reading, Turn } from '../reading.ts'

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

export const VERDICTS = ['first', 'second', 'both', 'other', 'illegible', 'escalate'] as const
export const Verdict = Type.Enum([...VERDICTS])
export type Verdict = Static<typeof Verdict>

/** Record and field that a question is about; field null asks whether the record is there at all. */
const Place = {
  record: Type.Integer({ minimum: 1 }),
  field: Type.Union([FieldName, Type.Null()]),
}

/** Both entries of a page were compared. Says how many fields differ, never what was read. */
export const pageCompared = defineFact(
  'reconcile',
  'page.compared.v1',
  closed({
    pageId: Id,
    entryIds: Type.Tuple([Id, Id]),
    ruleVersion: Type.String({ maxLength: 32 }),
    fields: Type.Integer({ minimum: 0 }),
    questions: Type.Integer({ minimum: 0 }),
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
    arbiterId: Id,
    /** As the arbiter saw it: `first` is the reading of the second pass when `swapped`. */
    verdict: Verdict,
    swapped: Type.Boolean(),
    value: Type.Optional(Reading),
  }),
)

/** How a field came to its settled value, and by which rule. */
export const SettledValue = closed({
  value: Type.String(),
  mark: Type.Optional(Reading.properties.mark),
  how: Type.Enum(['agreed', 'ruled']),
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
    record: Place.record,
    ruleVersion: Type.String({ maxLength: 32 }),
    values: Type.Record(FieldName, SettledValue, { additionalProperties: false }),
  }),
)

export const pageSettled = defineFact(
  'reconcile',
  'page.settled.v1',
  closed({ pageId: Id, campaignId: Id, records: Type.Integer({ minimum: 0 }) }),
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
    /** Everybody who saw a reading of the page without keying it: its arbiters. */
    notBy: Type.Array(Id, { maxItems: 1800 }),
  }),
)
