import type { Cells, FormDefinition, TypedRecords } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { type OpenPage, openPageOf, type PassColumns, type PassNumber } from './open-page.ts'
import type { Portion } from './portion.ts'
import type { DB } from './schema.gen.ts'

/** All that a decision on an entry needs, with the rows of person and page locked. */
export interface Lookup {
  readonly personNo: number
  readonly campaignId: string
  /** The known-answer page that this page shows; null: it is a page. */
  readonly shows: string | null
  readonly form: FormDefinition
  /** What is kept under the entry's id. */
  readonly stored: StoredEntry | undefined
  /** What the lease was for. */
  readonly lease: Keying & { readonly pass: PassNumber }
  /** Whether the form has single fields, which one of the two passes keys. */
  readonly hasSingleFields: boolean
  /** Undefined when both passes are keyed. */
  readonly page: OpenPage | undefined
  /** What the page's passes are waiting for, or have. */
  readonly keyings: Readonly<Record<PassNumber, Keying>>
  /** Whether a further turn of a pass is wanted once this one is keyed. */
  readonly isMoreWanted: boolean
  /** Whether this person may key the page, beside whoever has its other pass. */
  readonly mayKey: boolean
  /** Everybody who ever held a lease on the page: none of them may rule on it. */
  readonly seenBy: readonly string[]
}

/** One keying of one pass. */
export interface Keying extends Portion {
  readonly turn: number
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
  readonly may_key: boolean
  readonly seen_by: string[]
  readonly lease_pass: PassNumber
  readonly lease_turn: number
  readonly lease_places: number[] | null
  readonly lease_cells: Cells | null
  readonly single_pass: PassNumber | null
  readonly turn_1: number | null
  readonly places_1: number[] | null
  readonly cells_1: Cells | null
  readonly turn_2: number | null
  readonly places_2: number[] | null
  readonly cells_2: Cells | null
  readonly more_wanted: boolean
  readonly shows: string | null
}

/** Undefined when this person never held this lease on this page. */
export async function lookUpSubmission(
  trx: Transaction<DB>,
  entry: { personId: string; entryId: string; pageId: string; leaseToken: string },
): Promise<Lookup | undefined> {
  const { rows } = await sql<Row>`
    select s.*, cells_of(${entry.pageId}, s.lease_pass, s.lease_turn) as lease_cells,
      cells_of(${entry.pageId}, 1, s.turn_1) as cells_1, cells_of(${entry.pageId}, 2, s.turn_2) as cells_2,
      (select p.shows from page p where p.page_id = ${entry.pageId}) as shows
    from look_up_submission(
      ${entry.personId}, ${entry.entryId}, ${entry.pageId}, ${entry.leaseToken}) s`.execute(trx)
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
    shows: row.shows,
    form: row.form,
    stored: stored || undefined,
    lease: {
      pass: row.lease_pass,
      ...keyingOf(row, row.lease_pass, row.lease_turn, [row.lease_places, row.lease_cells]),
    },
    hasSingleFields: row.single_pass !== null,
    page: row.page_id === null ? undefined : openPageOf(row.page_id, row),
    keyings: {
      1: keyingOf(row, 1, row.turn_1 ?? 1, [row.places_1, row.cells_1]),
      2: keyingOf(row, 2, row.turn_2 ?? 1, [row.places_2, row.cells_2]),
    },
    isMoreWanted: row.more_wanted,
    mayKey: row.may_key,
    seenBy: row.seen_by,
  }
}

function keyingOf(
  { single_pass }: Pick<Row, 'single_pass'>,
  pass: PassNumber,
  turn: number,
  [places, cells]: readonly [number[] | null, Cells | null],
): Keying {
  const coreOnly = cells === null && single_pass !== null && single_pass !== pass
  return { turn, places: places ?? undefined, coreOnly, cells: cells ?? undefined }
}
