/** What the holder of a lease can do with it besides keying: renew it, hand it back, skip the page. */
import {
  pageSkipped,
  type ReplyOf,
  type RequestOf,
  type releaseAssignment as releaseContract,
  type renewAssignment as renewContract,
  type skipPage as skipContract,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { findLiveLease } from './find-lease.ts'
import { changePass } from './open-page.ts'
import type { DB } from './schema.gen.ts'

export async function renewAssignment(
  ledger: Ledger<DB>,
  leaseSeconds: number,
  request: RequestOf<typeof renewContract>,
): Promise<ReplyOf<typeof renewContract>> {
  return await ledger.change(async ({ trx }) => {
    const { page, pass } = await findLiveLease(trx, request)
    const until = await leaseUntil(trx, page.pageId, leaseSeconds)
    await changePass(trx, page, pass, { kind: 'renew', until })
    return { expiresAt: until.toISOString() }
  })
}

/** As long as when the page is given: more where pages are held ahead (A33). */
async function leaseUntil(
  trx: Transaction<DB>,
  pageId: string,
  leaseSeconds: number,
): Promise<Date> {
  const { rows } = await sql<{ until: Date }>`
    select lease_until(book_id, ${leaseSeconds}) as until from page where page_id = ${pageId}`.execute(
    trx,
  )
  const [row] = rows
  if (row === undefined) throw new Error('a lease on a page that is not there')
  return row.until
}

export async function releaseAssignment(
  ledger: Ledger<DB>,
  pageFreed: () => void,
  request: RequestOf<typeof releaseContract>,
): Promise<ReplyOf<typeof releaseContract>> {
  return await ledger.change(async ({ trx, afterCommit }) => {
    const { page, pass } = await findLiveLease(trx, request)
    await changePass(trx, page, pass, { kind: 'give-back' })
    afterCommit(pageFreed)
    return {}
  })
}

export async function skipPage(
  ledger: Ledger<DB>,
  pageFreed: () => void,
  request: RequestOf<typeof skipContract>,
): Promise<ReplyOf<typeof skipContract>> {
  const { personId, reason, note } = request
  return await ledger.change(async ({ trx, say, count, afterCommit }) => {
    const { person, page, pass } = await findLiveLease(trx, request)
    await changePass(trx, page, pass, { kind: 'give-back' })
    await trx
      .insertInto('skip_said')
      .values({ person_no: person.personNo, page_id: page.pageId, reason, note: note ?? null })
      .execute()
    const scopes = await scopesOf(trx, page.pageId)
    if (scopes.length > 0) {
      say(pageSkipped, {
        pageId: page.pageId,
        personId,
        reason,
        ...(note === undefined ? {} : { note }),
      })
    }
    count(scopes.map((scope) => ({ scope, measure: 'skips', amount: 1 })))
    afterCommit(pageFreed)
    return {}
  })
}

/** The campaign in which it counts what happens to a page; none for a showing of a known-answer page. */
export async function scopesOf(trx: Transaction<DB>, pageId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('page')
    .innerJoin('book', 'book.book_id', 'page.book_id')
    .select('book.campaign_id')
    .where('page.page_id', '=', pageId)
    .where('page.shows', 'is', null)
    .execute()
  return rows.map(({ campaign_id }) => campaign_id)
}
