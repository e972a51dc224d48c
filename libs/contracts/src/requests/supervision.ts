import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { SettledValue } from '../facts/reconcile.ts'
import { closed, Id } from '../primitives.ts'
import { FieldName } from '../reading.ts'

const Count = Type.Integer({ minimum: 0 })
const ByCampaign = closed({ campaignId: Id })

/** Keying so far. For supervisors only: its counts would tell a typist what others did. */
export const KeyingProgress = closed({
  pages: Count,
  entries: Count,
  spareReadings: Count,
  repeatedSubmissions: Count,
  expiredLeases: Count,
  skips: Count,
  /** How often a pass was wanted again; each takes one entry beyond the two of its page. */
  readingsWanted: Type.Optional(Count),
})
export type KeyingProgress = Static<typeof KeyingProgress>

export const readKeyingProgress = defineRequest(
  'entry',
  'progress.read.v1',
  ByCampaign,
  KeyingProgress,
)

/** Which entries of a campaign are stored, by id, 1,000 at most a call; what was typed is not told. */
export const listEntries = defineRequest(
  'entry',
  'entry.list.v1',
  closed({ campaignId: Id, after: Type.Optional(Id) }),
  closed({
    entries: Type.Array(closed({ entryId: Id, pageId: Id, spare: Type.Boolean() })),
    more: Type.Boolean(),
  }),
)

export const SettlingProgress = closed({
  pagesCompared: Count,
  fieldsCompared: Count,
  mismatches: Count,
  rulings: Count,
  openArbitrations: Count,
  /** Pages in nobody's arbitration, of which a reading that was wanted has not come. */
  pagesAwaited: Type.Optional(Count),
  pagesSettled: Count,
  recordsSettled: Count,
  fieldsSettled: Count,
})
export type SettlingProgress = Static<typeof SettlingProgress>

export const readSettlingProgress = defineRequest(
  'reconcile',
  'progress.read.v1',
  ByCampaign,
  SettlingProgress,
)

export const SettledRecord = closed({
  recordId: Id,
  pageId: Id,
  record: Type.Integer({ minimum: 1 }),
  ruleVersion: Type.String(),
  /** How often it was settled; absent: once. */
  revision: Type.Optional(Type.Integer({ minimum: 2 })),
  values: Type.Record(FieldName, SettledValue, { additionalProperties: false }),
})
export type SettledRecord = Static<typeof SettledRecord>

/** Settled records of a campaign by id, 500 at most a call. */
export const listSettledRecords = defineRequest(
  'reconcile',
  'record.list.v1',
  closed({ campaignId: Id, after: Type.Optional(Id) }),
  closed({ records: Type.Array(SettledRecord), more: Type.Boolean() }),
)

/** Broken promises, counted from the stored rows themselves. All must be 0. */
export const Violations = closed({
  samePersonTwice: Count,
  arbiterTyped: Count,
  doubleSettled: Count,
})
export type Violations = Static<typeof Violations>

export const auditCampaign = defineRequest('reconcile', 'campaign.audit.v1', ByCampaign, Violations)
