import { isWrong } from '@songnhap/comparators'
import type { BodyOf, entrySubmitted } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { takeThird } from '../third/take-third.ts'
import { finishPage } from './finish-page.ts'
import { type AuditPage, loadAuditPage } from './load-audit-page.ts'
import { storeResults } from './store-results.ts'

type Entry = BodyOf<typeof entrySubmitted>

/** A keying of single fields, for an audit or as a third entry, and no reading of the page. */
export function isOfCells({ pass, cells }: Entry): boolean {
  return pass !== null && cells !== undefined
}

/**
 * What a third person keyed of a frozen book is held against what is settled, and what differs goes to a panel
 * of two; what he or she keyed because two entries differ is held against these.
 */
export async function takeCells(
  change: Change<DB>,
  entries: readonly Entry[],
  opened: () => void,
): Promise<void> {
  for (const entry of entries) {
    const { auditId, isEnded } = await storeReading(change.trx, entry)
    if (isEnded) continue
    const { pageId, turn = 1 } = entry
    if (auditId === null) {
      await takeThird(change, pageId, opened)
      continue
    }
    const audit = await loadAuditPage(change.trx, pageId, turn)
    const same = audit.open.filter(
      ({ field, audited, settled }) => !isWrong(field, audited, settled),
    )
    await storeResults(
      change.trx,
      audit.page,
      same.map((item) => ({ ...item, outcome: 'same' as const })),
    )
    if (same.length === audit.open.length) {
      await finishPage(change, { auditId: audit.auditId, pageId, turn })
    } else {
      await openSeats(change.trx, audit)
      change.afterCommit(opened)
    }
  }
}

interface Asked {
  readonly places: readonly number[]
  readonly cells: readonly (readonly string[])[]
  /** Null: asked for because the two entries differ. */
  readonly auditId: string | null
  /** The audit was broken off meanwhile, and the reading is kept only. */
  readonly isEnded: boolean
}

async function storeReading(
  trx: Transaction<DB>,
  { pageId, turn = 1, places, cells, entryId, personId, records }: Entry,
): Promise<Asked> {
  const { rows } = await sql<Asked>`
    select places, cells, audit_id as "auditId", exists (
      select from audit_end e where e.audit_id = p.audit_id) as "isEnded"
    from audit_page p where page_id = ${pageId} and turn = ${turn}`.execute(trx)
  const [asked] = rows
  const asAsked =
    JSON.stringify([asked?.places, asked?.cells]) === JSON.stringify([places, cells]) &&
    records.length === places?.length
  if (asked === undefined || !asAsked)
    throw new Error('a reading of other fields than were asked for')
  await trx
    .insertInto('audit_reading')
    .values({
      page_id: pageId,
      turn,
      entry_id: entryId,
      person_id: personId,
      records: JSON.stringify(records),
    })
    .execute()
  return asked
}

async function openSeats(trx: Transaction<DB>, { page, turn }: AuditPage): Promise<void> {
  await trx
    .insertInto('open_arbitration')
    .values(
      [1, 2].map((seat) => ({
        page_id: page.pageId,
        campaign_id: page.campaignId,
        seat,
        turn,
      })),
    )
    .execute()
}
