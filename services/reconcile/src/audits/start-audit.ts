import { randomBytes } from 'node:crypto'
import {
  commitmentOf,
  type DrawnCell,
  drawSample,
  type Frame,
  frameHash,
  sampleSizes,
  seedOf,
} from '@songnhap/audits'
import {
  type AuditKind,
  type AuditStratum,
  bookFrozen,
  type FieldClass,
  type FormDefinition,
} from '@songnhap/contracts'
import { type Change, momentIn } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { DB } from '../schema.gen.ts'
import { askForCells, type CellToKey } from './ask-for-cells.ts'
import { closeIfDone } from './close-audit.ts'
import { readTargets } from './targets.ts'

const SECRET_BYTES = 32

export interface BookToAudit {
  readonly bookId: string
  readonly campaignId: string
  readonly form: FormDefinition
}

interface Wish {
  readonly kind: AuditKind
  readonly personId: string
  /** At least so many fields of each class. */
  readonly least?: number
  /** Of a rework: the fields that are keyed once more in every record. */
  readonly only?: readonly string[]
}

/** Freezes a book, whose row is locked, draws what is to be looked at, and asks for it to be keyed. */
export async function startAudit(
  change: Change<DB>,
  book: BookToAudit,
  wish: Wish,
): Promise<string> {
  const { trx } = change
  const { bookId, campaignId, form } = book
  const records = await selectRecords(trx, bookId)
  const fields = form.fields
    .filter(({ name }) => wish.only?.includes(name) !== false)
    .map((field) => ({ name: field.name, class: field.class ?? 'ordinary' }))
  const frame: Frame = { recordIds: records.map(({ recordId }) => recordId).toSorted(), fields }
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  const frozenAt = (await momentIn(trx, 0)).toISOString()
  const strata = await strataOf(trx, campaignId, frame, wish)
  const drawn = await drawSample(seedOf(bookId, frozenAt, secret), frame, strata)
  const { look, pages } = await countLooks(trx, bookId, wish.kind)
  const auditId = uuidv7()
  const frameSha256 = frameHash(frame)
  await sql`
    insert into audit (audit_id, book_id, campaign_id, kind, look, frozen_by, frozen_at, secret,
                       records, fields, frame_sha256, pages, strata)
    values (${auditId}, ${bookId}, ${campaignId}, ${wish.kind}, ${look}, ${wish.personId}, ${frozenAt},
            ${secret}, ${frame.recordIds}::uuid[], ${JSON.stringify(fields)}, ${frameSha256}, ${pages},
            ${JSON.stringify(strata)})`.execute(trx)
  await trx.insertInto('frozen_book').values({ book_id: bookId, audit_id: auditId }).execute()
  change.say(bookFrozen, {
    bookId,
    campaignId,
    auditId,
    kind: wish.kind,
    look,
    frozenBy: wish.personId,
    frozenAt,
    pages,
    records: records.length,
    strata,
    frameSha256,
    commitment: commitmentOf(secret),
  })
  await askForCells(change, { auditId, form }, withPlaces(drawn, records))
  // A book without records has nothing to look at.
  await closeIfDone(change, auditId)
  return auditId
}

interface SettledRecordAt {
  readonly recordId: string
  readonly pageId: string
  readonly record: number
  /** Among the records that are there, from 1: so it can be found on the paper. */
  readonly place: number
}

async function selectRecords(trx: Transaction<DB>, bookId: string): Promise<SettledRecordAt[]> {
  const { rows } = await sql<SettledRecordAt>`
    select s.record_id as "recordId", s.page_id as "pageId", s.record,
      (row_number() over (partition by s.page_id order by s.record))::int as place
    from page p
      join lateral (select max(revision) as revision from settled_page where page_id = p.page_id) l on true
      join settled_record s on s.page_id = p.page_id and s.revision = l.revision
    where p.book_id = ${bookId}
      and not exists (select from aside_page a where a.page_id = p.page_id)`.execute(trx)
  return rows
}

async function strataOf(
  trx: Transaction<DB>,
  campaignId: string,
  { recordIds, fields }: Frame,
  { kind, least }: Wish,
): Promise<AuditStratum[]> {
  const { targets } = await readTargets(trx, { campaignId })
  const targetOf = new Map(targets.map((one) => [one.class, one.target]))
  const byClass = Map.groupBy(fields, (field) => field.class)
  const counts = Object.fromEntries(
    [...byClass].map(([name, { length }]) => [name, length * recordIds.length]),
  ) as Partial<Record<FieldClass, number>>
  return sampleSizes(counts, least).map((size) => ({
    ...size,
    drawn: kind === 'rework' ? size.fields : size.drawn,
    target: targetOf.get(size.class) ?? 0,
  }))
}

/** Each sample of a book is a further look at it, whatever became of the one before. */
async function countLooks(trx: Transaction<DB>, bookId: string, kind: AuditKind) {
  const { rows } = await sql<{ samples: number; pages: number }>`
    select (select count(*) from audit where book_id = ${bookId} and kind = 'sample')::int as samples,
      (select count(*) from page p where book_id = ${bookId}
        and not exists (select from aside_page a where a.page_id = p.page_id))::int as pages`.execute(
    trx,
  )
  const { samples = 0, pages = 0 } = rows[0] ?? {}
  return { look: kind === 'sample' ? samples + 1 : Math.max(1, samples), pages }
}

function withPlaces(drawn: readonly DrawnCell[], records: readonly SettledRecordAt[]): CellToKey[] {
  const byId = new Map(records.map((one) => [one.recordId, one]))
  return drawn.map((cell) => {
    const at = byId.get(cell.recordId)
    if (at === undefined) throw new Error('a record was drawn that is not there')
    return { ...cell, ...at }
  })
}
