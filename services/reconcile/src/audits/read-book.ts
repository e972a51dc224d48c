import {
  type BookStanding,
  type readBook as contract,
  Problem,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { findLacks } from './find-lacks.ts'
import { readAudits } from './read-audits.ts'

interface Row {
  readonly campaignId: string
  readonly title: string
  readonly auditId: string | null
  readonly isReleased: boolean
}

/** How far a book is: what it lacks, or how its audit goes. */
export async function readBook(
  db: Kysely<DB>,
  { bookId }: RequestOf<typeof contract>,
): Promise<BookStanding> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<Row>`
      select b.campaign_id as "campaignId", b.title, f.audit_id as "auditId",
        exists (select from release r where r.audit_id = f.audit_id) as "isReleased"
      from book b left join frozen_book f using (book_id) where b.book_id = ${bookId}`.execute(trx)
    const [row] = rows
    if (row === undefined) throw new Problem('NOT_FOUND')
    const { campaignId, title, auditId } = row
    const audits = await readAudits(trx, bookId)
    const hasEnded = audits.some((one) => one.auditId === auditId && one.ended !== undefined)
    const lacks = auditId === null ? await findLacks(trx, bookId, 0) : []
    return { bookId, campaignId, title, state: stateOf(row, hasEnded), lacks, audits }
  })
}

function stateOf({ auditId, isReleased }: Row, hasEnded: boolean): BookStanding['state'] {
  if (auditId === null) return 'open'
  if (isReleased) return 'released'
  return hasEnded ? 'audited' : 'frozen'
}
