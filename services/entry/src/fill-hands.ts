import type { BookLayouts, Cells, TypingAssignment } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { DB } from './schema.gen.ts'

/**
 * Gives a person, whose row is locked, new pages until he or she holds `capacity`, or what the campaign
 * of the book allows; whoever's hands are full waits no longer. Returns all that is held, the
 * longest-held first.
 */
export async function fillHands(
  trx: Transaction<DB>,
  personNo: number,
  capacity: number,
  leaseSeconds: number,
): Promise<{ assignments: TypingAssignment[]; isFull: boolean }> {
  const tokens = Array.from({ length: capacity }, () => uuidv7())
  const { rows } = await sql<{
    page_id: string
    book_title: string
    sequence: number
    form_name: string
    version_given: number
    lease_token: string
    expires_at: Date
    places: number[] | null
    core_only: boolean
    cells: Cells | null
    pages_ahead: number | null
    layouts: BookLayouts | null
    is_full: boolean
  }>`
    select f.*, version_given(f.lease_token), cells_given(f.lease_token) as cells,
      layouts_of(f.page_id) as layouts
    from fill_hands(${personNo}, ${capacity}, ${leaseSeconds}, ${tokens}::uuid[]) f
    -- A lease that was ended between being found in hand and being looked up is not held.
    where f.lease_token is not null`.execute(trx)
  const assignments = rows.map(
    (row): TypingAssignment => ({
      kind: 'typing',
      leaseToken: row.lease_token,
      pageId: row.page_id,
      form: { name: row.form_name, version: row.version_given },
      bookTitle: row.book_title,
      sequence: row.sequence,
      ...(row.layouts === null ? {} : { layouts: row.layouts }),
      expiresAt: row.expires_at.toISOString(),
      ...(row.places === null ? {} : { places: row.places }),
      // Single fields are drawn like any others.
      ...(row.core_only && row.cells === null ? { coreOnly: true } : {}),
      ...(row.cells === null ? {} : { cells: row.cells }),
      ...(row.pages_ahead === null ? {} : { pagesAhead: row.pages_ahead }),
    }),
  )
  return { assignments, isFull: rows.some((row) => row.is_full) }
}
