/** A book is released where its gate is open; otherwise only by two supervisors, with a reason. */
import {
  type askOverride as askContract,
  type BookStanding,
  bookReleased,
  type confirmOverride as confirmContract,
  type Gate,
  Problem,
  type ReplyOf,
  type RequestOf,
  type releaseBook as releaseContract,
} from '@songnhap/contracts'
import { type Change, type Ledger, momentIn } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { openReviews } from '../independence/open-reviews.ts'
import type { DB } from '../schema.gen.ts'
import { type LockedBook, lockBook } from './freeze-book.ts'
import { readBookIn } from './read-book.ts'
import { readGate } from './read-gate.ts'
import { writeCertificate } from './write-certificate.ts'

export async function releaseBook(
  ledger: Ledger<DB>,
  { bookId, personId }: RequestOf<typeof releaseContract>,
): Promise<BookStanding> {
  // By itself: what it finds stays, also where the book is not released.
  await ledger.change((change) => lookAtPairs(change, bookId))
  return await ledger.change(async (change) => {
    const { trx } = change
    const auditId = await needAudited(trx, await lockBook(trx, bookId))
    const gate = await readGate(trx, bookId)
    if (!gate.open) throw new Problem('GATE_SHUT', whyShut(gate))
    await release(change, { bookId, auditId, personId })
    return await readBookIn(trx, bookId)
  })
}

async function lookAtPairs(change: Change<DB>, bookId: string): Promise<void> {
  const book = await change.trx
    .selectFrom('book')
    .select('campaign_id')
    .where('book_id', '=', bookId)
    .executeTakeFirst()
  if (book === undefined) throw new Problem('NOT_FOUND')
  await openReviews(change, book.campaign_id)
}

export async function askOverride(
  ledger: Ledger<DB>,
  { bookId, personId, reason }: RequestOf<typeof askContract>,
): Promise<ReplyOf<typeof askContract>> {
  return await ledger.change(async ({ trx }) => {
    const auditId = await needAudited(trx, await lockBook(trx, bookId))
    if ((await readGate(trx, bookId)).open) throw new Problem('GATE_OPEN')
    const overrideId = uuidv7()
    const askedAt = await momentIn(trx, 0)
    await trx
      .insertInto('override')
      .values({
        override_id: overrideId,
        audit_id: auditId,
        asked_by: personId,
        asked_at: askedAt,
        reason,
      })
      .execute()
    return { overrideId, askedBy: personId, askedAt: askedAt.toISOString(), reason }
  })
}

export async function confirmOverride(
  ledger: Ledger<DB>,
  { bookId, overrideId, personId }: RequestOf<typeof confirmContract>,
): Promise<BookStanding> {
  return await ledger.change(async (change) => {
    const { trx } = change
    const auditId = await needAudited(trx, await lockBook(trx, bookId))
    const row = await trx
      .selectFrom('override')
      .select(['asked_by', 'asked_at', 'reason'])
      .where('override_id', '=', overrideId)
      .where('audit_id', '=', auditId)
      .executeTakeFirst()
    if (row === undefined) throw new Problem('NOT_FOUND')
    if (row.asked_by === personId) throw new Problem('SECOND_SUPERVISOR')
    const override = {
      overrideId,
      askedBy: row.asked_by,
      askedAt: row.asked_at.toISOString(),
      reason: row.reason,
    }
    await release(change, { bookId, auditId, personId, override })
    return await readBookIn(trx, bookId)
  })
}

/** The audit of a frozen book, which has ended and led to no release yet. */
export async function needAudited(
  trx: Transaction<DB>,
  { auditId }: Pick<LockedBook, 'auditId'>,
): Promise<string> {
  if (auditId === null) throw new Problem('BOOK_NOT_FROZEN')
  const { rows } = await sql<{ ended: boolean; released: boolean }>`
    select exists (select from audit_end where audit_id = ${auditId}) as ended,
      exists (select from release where audit_id = ${auditId}) as released`.execute(trx)
  if (rows[0]?.released === true) throw new Problem('BOOK_RELEASED')
  if (rows[0]?.ended !== true) throw new Problem('AUDIT_OPEN')
  return auditId
}

interface Releasing {
  readonly bookId: string
  readonly auditId: string
  readonly personId: string
  readonly override?: ReplyOf<typeof askContract>
}

async function release(
  { trx, say }: Change<DB>,
  { bookId, auditId, personId: releasedBy, override }: Releasing,
): Promise<void> {
  const at = await momentIn(trx, 0)
  const releasedAt = at.toISOString()
  const { overrideId = null, ...why } = override ?? {}
  const told =
    override === undefined ? {} : { override: why as Omit<typeof override, 'overrideId'> }
  const certificate = await writeCertificate(trx, bookId, { releasedBy, releasedAt, ...told })
  await trx
    .insertInto('release')
    .values({
      audit_id: auditId,
      book_id: bookId,
      released_by: releasedBy,
      released_at: at,
      override_id: overrideId,
      certificate: JSON.stringify(certificate),
    })
    .execute()
  say(bookReleased, { bookId, auditId, releasedBy, releasedAt, ...told })
}

/** Every number of what is missing; a page or the command says it in both languages. */
function whyShut({ stops, classes }: Gate): string[] {
  const shut = classes.filter(({ passed }) => !passed)
  return [
    ...stops.map(({ what, count }) => (count === 0 ? what : `${what}: ${count}`)),
    ...shut.map((one) => {
      const { process, book } = one
      const parts = [
        `${process.wrong} wrong in ${process.checked}`,
        `at most ${process.upper.toFixed(1)} in 10,000 with ${process.confidence * 100} %`,
        `target ${one.target}`,
        ...(process.moreNeeded > 0 ? [`${process.moreNeeded} more needed`] : []),
        ...(book.passed ? [] : [`in this book ${book.wrong} wrong in ${book.checked}`]),
        ...(book.moreNeeded > 0 ? [`${book.moreNeeded} more needed in this book`] : []),
        ...(book.wrong > book.acceptable ? [`at most ${book.acceptable} acceptable`] : []),
      ]
      return `${one.class}: ${parts.join('; ')}`
    }),
  ]
}
