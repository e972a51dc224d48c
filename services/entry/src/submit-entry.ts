import { isDeepStrictEqual } from 'node:util'
import {
  type submitEntry as contract,
  entrySubmitted,
  knownPageAnswered,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Change, type Count, type Ledger, today } from '@songnhap/database'
import { checkRecords } from '@songnhap/forms'
import { sql } from 'kysely'
import { beginTurns } from './hear-reconcile.ts'
import { type Keying, type Lookup, lookUpSubmission } from './look-up-submission.ts'
import { changePass, type OpenPage, type PassNumber, passHeldBy, passToKey } from './open-page.ts'
import { isSamePortion, mention, portionsOf, withOtherFields } from './portion.ts'
import type { DB } from './schema.gen.ts'
import { type DispatchTimes, fillOrWait } from './waiting.ts'

/**
 * Of the entry alone, before anything else is looked at: were it the size of the fact that counts,
 * which grows with the number of people who had the page, being refused would tell of them.
 */
const RECORDS_BYTES_MAX = 440 * 1024

/** From then on one is no newcomer any more (docs/spec/known-answers.md). */
const NEWCOMER_FIELDS = 500

type Submission = RequestOf<typeof contract>

/**
 * Stores an entry once and hands out the next pages, in one transaction. The answer is the same
 * for the first time, for a repeat, and for an entry that came after its lease ran out.
 */
export async function submitEntry(
  ledger: Ledger<DB>,
  times: DispatchTimes,
  submission: Submission,
): Promise<ReplyOf<typeof contract>> {
  const size = Buffer.byteLength(JSON.stringify(submission.records))
  if (size > RECORDS_BYTES_MAX) throw new Problem('TOO_LARGE')
  const { personId, entryId, capacity } = submission
  return await ledger.change(async (change) => {
    const found = await lookUpSubmission(change.trx, submission)
    if (found === undefined) throw new Problem('LEASE_ENDED')
    if (isRepeat(found, submission)) {
      const scopes = found.shows === null ? [found.campaignId] : []
      change.count(scopes.map((scope) => ({ scope, measure: 'repeats', amount: 1 })))
    } else {
      await storeEntry(change, found, submission)
    }
    if (capacity === 0) return { entryId, assignments: [] }
    const person = { personId, personNo: found.personNo }
    return { entryId, assignments: await fillOrWait(change.trx, person, capacity, times) }
  })
}

function isRepeat({ stored, personNo }: Lookup, { pageId, records }: Submission): boolean {
  if (stored === undefined) return false
  const same = stored.pageId === pageId && stored.personNo === personNo
  // Other content under the same id is no repeat: acknowledged, it would be lost.
  if (!same || !isDeepStrictEqual(stored.records, records)) throw new Problem('ENTRY_ID_TAKEN')
  return true
}

async function storeEntry(
  change: Change<DB>,
  found: Lookup,
  submission: Submission,
): Promise<void> {
  const { pageId, leaseToken, records } = submission
  const { pass, keyed } = decide(found, { leaseToken, records })
  if (found.page !== undefined && pass !== null) {
    await changePass(change.trx, found.page, pass, { kind: 'key', holder: found.personNo })
  }
  const stored = await insertEntry(change.trx, found, submission, { pass, turn: keyed.turn })
  if (found.shows !== null) {
    sayAnswered(change, { ...found, shows: found.shows }, submission, stored.submittedAt)
    return
  }
  if (pass !== null && found.isMoreWanted) await beginTurns(change.trx, pageId)
  saySubmitted(change, found, submission, { pass, keyed, submittedAt: stored.submittedAt })
  const scope = found.campaignId
  change.count([{ scope, measure: pass === null ? 'spares' : 'entries', amount: 1 }])
  if (found.page !== undefined && pass !== null && keyed.turn === 1) {
    change.count(firstKeyings(found.page, pass, [scope, stored.bookId]))
  }
}

/** With it its fields are counted, as long as its typist is a newcomer. */
async function insertEntry(
  trx: Change<DB>['trx'],
  { personNo }: Lookup,
  { entryId, pageId, leaseToken, records }: Submission,
  { pass, turn }: { pass: PassNumber | null; turn: number },
): Promise<{ submittedAt: Date; bookId: string }> {
  const fields = records.reduce((sum, record) => sum + Object.keys(record).length, 0)
  const { rows } = await sql<{ submittedAt: Date; bookId: string }>`
    with counted as (
      update person set fields_keyed = least(fields_keyed + ${fields}, ${NEWCOMER_FIELDS})
      where person_no = ${personNo} and fields_keyed < ${NEWCOMER_FIELDS}
    )
    insert into entry (entry_id, page_id, person_no, lease_token, pass, turn, records)
    values (${entryId}, ${pageId}, ${personNo}, ${leaseToken}, ${pass}, ${turn},
            ${JSON.stringify(records)})
    returning submitted_at as "submittedAt",
      (select book_id from page where page.page_id = entry.page_id) as "bookId"`.execute(trx)
  const [stored] = rows
  if (stored === undefined) throw new Error('an entry was stored and is not there')
  return stored
}

function saySubmitted(
  { say }: Change<DB>,
  { campaignId, form, seenBy }: Lookup,
  { personId, entryId, pageId, records, effort }: Submission,
  { pass, keyed, submittedAt }: { pass: PassNumber | null; keyed: Keying; submittedAt: Date },
): void {
  say(entrySubmitted, {
    entryId,
    pageId,
    campaignId,
    form: { name: form.name, version: form.version },
    personId,
    pass,
    seenBy: [...seenBy],
    ...(keyed.turn > 1 ? { turn: keyed.turn } : {}),
    ...mention(keyed),
    records,
    submittedAt: submittedAt.toISOString(),
    ...(effort === undefined ? {} : { effort }),
  })
}

/** Of a showing: no entry of any page, and counted nowhere here. */
function sayAnswered(
  { say }: Change<DB>,
  { shows: pageId, campaignId, form }: Lookup & { shows: string },
  { personId, entryId, records }: Submission,
  submittedAt: Date,
): void {
  say(knownPageAnswered, {
    entryId,
    pageId,
    campaignId,
    form: { name: form.name, version: form.version },
    personId,
    records,
    submittedAt: submittedAt.toISOString(),
  })
}

/** That a page was begun, or has been keyed by two people now: of its campaign by day, and of its book. */
function firstKeyings(
  { passes }: OpenPage,
  pass: PassNumber,
  [campaignId, bookId]: readonly [string, string],
): Count[] {
  const other = passes[pass === 1 ? 2 : 1]
  const measure = other.kind === 'keyed' ? 'keyed-twice' : 'begun'
  return [
    { scope: campaignId, measure, field: today(), amount: 1 },
    { scope: bookId, measure, amount: 1 },
  ]
}

/**
 * Which pass the entry fills, null for none, and what was keyed. While the lease lasts it is what the
 * lease asks for; who comes late may have keyed the single fields or not, as long as the rest fits.
 */
function decide(
  { form, lease, hasSingleFields, page, keyings, personNo, mayKey }: Lookup,
  { leaseToken, records }: Pick<Submission, 'leaseToken' | 'records'>,
): { pass: PassNumber | null; keyed: Keying } {
  const isLive = page !== undefined && passHeldBy(page, leaseToken) !== undefined
  const others =
    hasSingleFields && !isLive && lease.cells === undefined ? [withOtherFields(lease)] : []
  const portions = portionsOf(form, records, [lease, ...others])
  const [portion] = portions
  if (portion === undefined) {
    throw new Problem('ENTRY_INVALID', checkRecords(form, records, mention(lease)))
  }
  const asksForIt = (pass: PassNumber) => portions.some((one) => isSamePortion(one, keyings[pass]))
  const pass = page && passToKey(page, { personNo, mayKey, pass: lease.pass }, asksForIt)
  if (pass === undefined) return { pass: null, keyed: { ...portion, turn: lease.turn } }
  return { pass, keyed: keyings[pass] }
}
