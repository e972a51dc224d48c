/** Pages whose answer is known, for supervisors only. Rules: docs/spec/known-answers.md. */
import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { SettledValue } from '../facts/reconcile.ts'
import { FormReference } from '../form-definition.ts'
import { closed, Id, Sha256 } from '../primitives.ts'
import { FieldName } from '../reading.ts'

/** So often a page is shown, to all people together. */
export const SHOWINGS_MAX = 6
/** Of one campaign, retired ones too. */
export const KNOWN_PAGES_MAX = 1000

const Count = Type.Integer({ minimum: 0 })
const ByCampaign = closed({ campaignId: Id })

/** Which part of the pages that are given is to be known ones: to whom keyed less than 500 fields, and to others. */
export const KnownShares = closed({
  newcomers: Type.Number({ minimum: 0, maximum: 0.1 }),
  others: Type.Number({ minimum: 0, maximum: 0.1 }),
})
export type KnownShares = Static<typeof KnownShares>

export const readKnownShowings = defineRequest(
  'entry',
  'known-page.showings.v1',
  ByCampaign,
  closed({
    shares: KnownShares,
    showings: Type.Array(closed({ pageId: Id, shown: Count })),
  }),
)

export const setKnownShares = defineRequest(
  'entry',
  'known-page.set-shares.v1',
  closed({ campaignId: Id, personId: Id, ...KnownShares.properties }),
  KnownShares,
)

/**
 * `none`: nobody confirmed the page as it is settled now. `confirmed`: one supervisor did. `named`: two did, and
 * it may be shown. `retired`: it is not shown any more.
 */
export const KNOWN_PAGE_STATES = ['none', 'confirmed', 'named', 'retired'] as const

const State = {
  pageId: Id,
  bookId: Id,
  bookTitle: Type.String(),
  sequence: Type.Integer(),
  state: Type.Enum([...KNOWN_PAGE_STATES]),
  /** Who confirmed every value of it, the first one first. */
  confirmedBy: Type.Array(Id, { maxItems: 2 }),
}

export const KnownPage = closed({
  ...State,
  /** How often it was keyed as a known-answer page, fields judged by it, and those of them that were wrong. */
  answers: Count,
  judged: Count,
  wrong: Count,
})
export type KnownPage = Static<typeof KnownPage>

/** Pages that are named, retired, or confirmed once; the latest first. */
export const listKnownPages = defineRequest(
  'reconcile',
  'known-page.list.v1',
  ByCampaign,
  closed({ pages: Type.Array(KnownPage) }),
)

/** `met`: keyed it, or had an arbitration of it. `open`: something of it is with an arbiter, or keyed again. */
export const KnownPageHindrance = Type.Enum([
  'retired',
  'named',
  'confirmed-before',
  'open',
  'empty',
  'met',
])
export type KnownPageHindrance = Static<typeof KnownPageHindrance>

/** What is settled on a page, for whoever is to confirm it beside its image. */
export const KnownPageShown = closed({
  ...State,
  form: FormReference,
  /** How often it was settled: what is confirmed is what this time settled. */
  revision: Type.Integer({ minimum: 1 }),
  fields: Type.Array(
    closed({ name: FieldName, label: closed({ vi: Type.String(), en: Type.String() }) }),
  ),
  records: Type.Array(Type.Record(FieldName, SettledValue, { additionalProperties: false })),
  /** Why this person cannot confirm it; absent: he or she can. */
  hindrance: Type.Optional(KnownPageHindrance),
})
export type KnownPageShown = Static<typeof KnownPageShown>

/** By book and place; refused where nothing is settled there. */
export const readKnownPage = defineRequest(
  'reconcile',
  'known-page.read.v1',
  closed({
    bookId: Id,
    sequence: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
    personId: Id,
  }),
  KnownPageShown,
)

/** Only of a page that is settled. */
export const findKnownPageImage = defineRequest(
  'reconcile',
  'known-page.image.v1',
  closed({ pageId: Id }),
  closed({ sha256: Sha256 }),
)

const StateNow = closed({ state: State.state })

/** A supervisor stands for every value of a page; the second one names it. Repeated, it changes nothing. */
export const confirmKnownPage = defineRequest(
  'reconcile',
  'known-page.confirm.v1',
  closed({ pageId: Id, personId: Id, revision: Type.Integer({ minimum: 1 }) }),
  StateNow,
)

/** For ever. */
export const retireKnownPage = defineRequest(
  'reconcile',
  'known-page.retire.v1',
  closed({ pageId: Id, personId: Id }),
  StateNow,
)
