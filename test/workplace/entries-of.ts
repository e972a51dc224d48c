import type { TypedRecords } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'

export interface StoredEntry {
  readonly entryId: string
  readonly sequence: number
  readonly personId: string
  /** Null: kept as a spare reading. */
  readonly pass: number | null
  readonly records: TypedRecords
}

/** What entry has stored of a book, in the order of its pages. */
export async function entriesOf(db: Kysely<unknown>, title: string): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select entry_id as "entryId", sequence, pass, records,
      (select person_id from person where person.person_no = entry.person_no) as "personId"
    from entry join page using (page_id) join book using (book_id)
    where title = ${title} order by sequence, entry_id`.execute(db)
  return rows
}
