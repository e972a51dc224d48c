import { isDeepStrictEqual } from 'node:util'
import {
  type submitEntry as contract,
  entrySubmitted,
  type FormDefinition,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import { checkRecords } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import { keyPass } from './key-pass.ts'
import { lockPerson, type Person } from './person.ts'
import type { DB } from './schema.gen.ts'
import { type DispatchTimes, fillOrWait } from './waiting.ts'

/**
 * Of the entry alone, before anything else is looked at: were it the size of the fact that counts,
 * which grows with the number of people who had the page, being refused would tell of them.
 */
const RECORDS_BYTES_MAX = 440 * 1024

type Submission = RequestOf<typeof contract>

interface LeasedPage {
  readonly campaignId: string
  readonly form: FormDefinition
}

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
  return await ledger.change(async (change) => {
    const person = await lockPerson(change.trx, submission.personId)
    const leased = await findLeasedPage(change.trx, person, submission)
    if (await isRepeat(change.trx, person, submission)) {
      change.count([{ scope: leased.campaignId, measure: 'repeats', amount: 1 }])
    } else {
      await storeEntry(change, person, submission, leased)
    }
    const { entryId, capacity } = submission
    if (capacity === 0) return { entryId, assignments: [] }
    return { entryId, assignments: await fillOrWait(change.trx, person, capacity, times) }
  })
}

/** Only who once held a lease on the page may hand in an entry for it; the lease may have ended. */
async function findLeasedPage(
  trx: Transaction<DB>,
  person: Person,
  { leaseToken, pageId }: Submission,
): Promise<LeasedPage> {
  const row = await trx
    .selectFrom('lease')
    .innerJoin('page', 'page.page_id', 'lease.page_id')
    .innerJoin('book', 'book.book_id', 'page.book_id')
    .innerJoin('campaign', 'campaign.campaign_id', 'book.campaign_id')
    .select(['campaign.campaign_id', 'campaign.form'])
    .where('lease.lease_token', '=', leaseToken)
    .where('lease.person_no', '=', person.personNo)
    .where('lease.page_id', '=', pageId)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('LEASE_ENDED')
  return { campaignId: row.campaign_id, form: formOf(row.form) }
}

async function isRepeat(
  trx: Transaction<DB>,
  person: Person,
  { entryId, pageId, records }: Submission,
): Promise<boolean> {
  const stored = await trx
    .selectFrom('entry')
    .select(['page_id', 'person_no', 'records'])
    .where('entry_id', '=', entryId)
    .executeTakeFirst()
  if (stored === undefined) return false
  const same = stored.page_id === pageId && stored.person_no === person.personNo
  // Other content under the same id is no repeat: acknowledged, it would be lost.
  if (!same || !isDeepStrictEqual(stored.records, records)) throw new Problem('ENTRY_ID_TAKEN')
  return true
}

async function storeEntry(
  { trx, say, count }: Change<DB>,
  person: Person,
  submission: Submission,
  { campaignId, form }: LeasedPage,
): Promise<void> {
  const { entryId, pageId, leaseToken, records } = submission
  const findings = checkRecords(form, records)
  if (findings.length > 0) throw new Problem('ENTRY_INVALID', findings)

  const pass = await keyPass(trx, person.personNo, pageId, campaignId)
  const { submitted_at } = await trx
    .insertInto('entry')
    .values({
      entry_id: entryId,
      page_id: pageId,
      person_no: person.personNo,
      lease_token: leaseToken,
      pass,
      records: JSON.stringify(records),
    })
    .returning('submitted_at')
    .executeTakeFirstOrThrow()
  say(entrySubmitted, {
    entryId,
    pageId,
    campaignId,
    form: { name: form.name, version: form.version },
    personId: person.personId,
    pass,
    seenBy: await selectSeenBy(trx, pageId),
    records,
    submittedAt: submitted_at.toISOString(),
  })
  const measure = pass === null ? 'spares' : 'entries'
  count([{ scope: campaignId, measure, amount: 1 }])
}

/** Everybody who ever held a lease on the page: none of them may rule on it. */
async function selectSeenBy(trx: Transaction<DB>, pageId: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct p.person_id from lease join person p using (person_no)
    where page_id = ${pageId}`.execute(trx)
  return rows.map((row) => row.person_id)
}

/** The column was written from a checked fact, so its shape is known. */
function formOf(stored: unknown): FormDefinition {
  return stored as FormDefinition
}
