import type { FormDefinition, TypedRecords } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { type OpenPage, openPageOf, type PassColumns } from './open-page.ts'
import type { DB } from './schema.gen.ts'

/** All that a decision on an entry needs, with the rows of person and page locked. */
export interface Lookup {
  readonly personNo: number
  readonly campaignId: string
  readonly form: FormDefinition
  /** What is kept under the entry's id. */
  readonly stored: StoredEntry | undefined
  /** Undefined when both passes are keyed. */
  readonly page: OpenPage | undefined
  /** Whether this person may key the page beside whoever has its other pass. */
  readonly mayPair: boolean
  /** Everybody who ever held a lease on the page: none of them may rule on it. */
  readonly seenBy: readonly string[]
}

interface StoredEntry {
  readonly pageId: string
  readonly personNo: number
  readonly records: TypedRecords
}

interface Row extends PassColumns {
  readonly person_no: number
  readonly campaign_id: string
  readonly form: FormDefinition
  readonly stored_page: string | null
  readonly stored_by: number
  readonly stored_records: TypedRecords
  readonly page_id: string | null
  readonly may_pair: boolean
  readonly seen_by: string[]
}

/** Undefined when this person never held this lease on this page. */
export async function lookUpSubmission(
  trx: Transaction<DB>,
  entry: { personId: string; entryId: string; pageId: string; leaseToken: string },
): Promise<Lookup | undefined> {
  const { rows } = await sql<Row>`select * from look_up_submission(
    ${entry.personId}, ${entry.entryId}, ${entry.pageId}, ${entry.leaseToken})`.execute(trx)
  const [row] = rows
  if (row === undefined) return undefined
  const stored = row.stored_page !== null && {
    pageId: row.stored_page,
    personNo: row.stored_by,
    records: row.stored_records,
  }
  return {
    personNo: row.person_no,
    campaignId: row.campaign_id,
    form: row.form,
    stored: stored || undefined,
    page: row.page_id === null ? undefined : openPageOf(row.page_id, row),
    mayPair: row.may_pair,
    seenBy: row.seen_by,
  }
}
