import { type AuditStratum, type BodyOf, bookThawed } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { endAudit } from './close-audit.ts'

/**
 * Frozen books go on as before. An audit under way is broken off: what it found on finished pages stays put
 * right, and its sample counts as a look.
 */
export async function thawBooks(
  { trx, say }: Change<DB>,
  bookIds: readonly string[],
  reason: BodyOf<typeof bookThawed>['reason'],
): Promise<void> {
  const { rows } = await sql<{
    bookId: string
    auditId: string
    strata: AuditStratum[]
    open: boolean
  }>`
    with thawed as (
      delete from frozen_book where book_id = any (${bookIds}::uuid[]) returning book_id, audit_id
    )
    select t.book_id as "bookId", audit_id as "auditId", a.strata,
      not exists (select from audit_end e where e.audit_id = t.audit_id) as open
    from thawed t join audit a using (audit_id)`.execute(trx)
  for (const { bookId, auditId, strata, open } of rows) {
    if (open) {
      await endAudit(trx, auditId, strata, false)
      await sql`
        delete from open_arbitration o using audit_page p
        where p.audit_id = ${auditId} and o.page_id = p.page_id and o.seat between 1 and 3`.execute(
        trx,
      )
    }
    say(bookThawed, { bookId, auditId, reason })
  }
}
