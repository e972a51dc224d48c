import {
  type Audit,
  type freezeBook as contract,
  Problem,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { selectForm } from '../forms.ts'
import type { DB } from '../schema.gen.ts'
import { findLacks, lacksInWords } from './find-lacks.ts'
import { readAudit } from './read-audits.ts'
import { type BookToAudit, startAudit } from './start-audit.ts'

/** From now on nothing in the book changes but by what its audit finds. */
export async function freezeBook(
  ledger: Ledger<DB>,
  { bookId, personId, pages, least }: RequestOf<typeof contract>,
): Promise<Audit> {
  return await ledger.change(async (change) => {
    const { trx } = change
    const book = await lockBook(trx, bookId)
    if (book.auditId !== null) throw new Problem('BOOK_FROZEN')
    // Whoever compares pages once more holds them, and sees the freeze afterwards.
    await sql`select from page where book_id = ${bookId} order by page_id for update`.execute(trx)
    const lacks = await findLacks(trx, bookId, pages)
    if (lacks.length > 0) throw new Problem('BOOK_NOT_SETTLED', lacksInWords(lacks))
    const auditId = await startAudit(change, book, {
      kind: 'sample',
      personId,
      ...(least === undefined ? {} : { least }),
    })
    return await readAudit(trx, auditId)
  })
}

export interface LockedBook extends BookToAudit {
  /** Null: it is not frozen. */
  readonly auditId: string | null
}

/** A page that comes in holds the book's row by its foreign key: it is in the book, or comes afterwards. */
export async function lockBook(trx: Transaction<DB>, bookId: string): Promise<LockedBook> {
  await sql`select from book where book_id = ${bookId} for update`.execute(trx)
  const { rows } = await sql<Omit<LockedBook, 'form'>>`
    select b.book_id as "bookId", b.campaign_id as "campaignId", f.audit_id as "auditId"
    from book b left join frozen_book f using (book_id)
    where b.book_id = ${bookId}`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Problem('NOT_FOUND')
  return { ...row, form: await selectForm(trx, row.campaignId) }
}
