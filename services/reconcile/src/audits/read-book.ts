import {
  type BookStanding,
  type BookState,
  type readBook as contract,
  Problem,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { findLacks } from './find-lacks.ts'
import { readAudits } from './read-audits.ts'
import { readGate } from './read-gate.ts'

interface Row {
  readonly campaignId: string
  readonly title: string
  readonly auditId: string | null
  readonly isReleased: boolean
  readonly releasedAt: Date | null
}

/** How far a book is: what it lacks, or how its audit goes and what the gate says. */
export async function readBook(
  db: Kysely<DB>,
  { bookId }: RequestOf<typeof contract>,
): Promise<BookStanding> {
  return await db.transaction().execute((trx) => readBookIn(trx, bookId))
}

export async function readBookIn(trx: Transaction<DB>, bookId: string): Promise<BookStanding> {
  const { rows } = await sql<Row>`
    select b.campaign_id as "campaignId", b.title, f.audit_id as "auditId",
      exists (select from release r where r.audit_id = f.audit_id) as "isReleased",
      (select max(r.released_at) from release r where r.book_id = b.book_id) as "releasedAt"
    from book b left join frozen_book f using (book_id)
    where b.book_id = ${bookId}`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Problem('NOT_FOUND')
  const { campaignId, title, auditId, releasedAt } = row
  const audits = await readAudits(trx, bookId)
  const hasEnded = audits.some((one) => one.auditId === auditId && one.ended !== undefined)
  return {
    bookId,
    campaignId,
    title,
    state: stateOf(row, hasEnded),
    ...(releasedAt === null ? {} : { releasedAt: releasedAt.toISOString() }),
    lacks: auditId === null ? await findLacks(trx, bookId, 0) : [],
    audits,
    ...(hasEnded ? { gate: await readGate(trx, bookId) } : {}),
    overrides: hasEnded && !row.isReleased ? await selectOverrides(trx, auditId) : [],
  }
}

async function selectOverrides(
  trx: Transaction<DB>,
  auditId: string | null,
): Promise<BookStanding['overrides']> {
  const { rows } = await sql<{
    overrideId: string
    askedBy: string
    askedAt: Date
    reason: string
  }>`
    select override_id as "overrideId", asked_by as "askedBy", asked_at as "askedAt", reason
    from override where audit_id = ${auditId} order by override_id`.execute(trx)
  return rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() }))
}

export function stateOf(
  { auditId, isReleased }: Pick<Row, 'auditId' | 'isReleased'>,
  hasEnded: boolean,
): BookState {
  if (auditId === null) return 'open'
  if (isReleased) return 'released'
  return hasEnded ? 'audited' : 'frozen'
}
