import {
  type Audit,
  type reworkBook as contract,
  Problem,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { findField } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { lockBook } from './freeze-book.ts'
import { readAudit } from './read-audits.ts'
import { needAudited } from './release-book.ts'
import { startAudit } from './start-audit.ts'
import { thawBooks } from './thaw-book.ts'

/** Some fields are keyed once more in every record of the book, by others, and decided like a sample. */
export async function reworkBook(
  ledger: Ledger<DB>,
  { bookId, personId, fields }: RequestOf<typeof contract>,
): Promise<Audit> {
  return await ledger.change(async (change) => {
    const { trx } = change
    const book = await lockBook(trx, bookId)
    const auditId = await needAudited(trx, book)
    const unknown = fields?.filter((name) => findField(book.form, name) === undefined) ?? []
    if (unknown.length > 0) throw new Problem('NOT_FOUND', ['the form has no such field'])
    const only = fields ?? (await selectWrong(trx, auditId))
    if (only.length === 0) throw new Problem('REWORK_NOTHING')
    await thawBooks(change, [bookId], 'rework')
    return await readAudit(trx, await startAudit(change, book, { kind: 'rework', personId, only }))
  })
}

async function selectWrong(trx: Transaction<DB>, auditId: string): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    select distinct i.field from audit_item i join audit_result r using (item_id)
    where i.audit_id = ${auditId} and r.outcome = 'wrong'`.execute(trx)
  return rows.map(({ field }) => field)
}
