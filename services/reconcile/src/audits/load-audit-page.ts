import type { Ruling, TypedRecords } from '@songnhap/contracts'
import { findField } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import { loadPageCase } from '../load-page-case.ts'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'
import type { AuditItem, Seat } from './audit-item.ts'
import { meantBy, settledAt } from './meant-by.ts'

/** A page with what an audit asked of it. */
export interface AuditPage {
  readonly auditId: string
  readonly page: PageCase
  readonly turn: number
  /** Drawn fields about which nothing is decided yet. */
  readonly open: readonly AuditItem[]
}

interface Row {
  readonly auditId: string
  readonly itemId: string
  readonly record: number
  readonly field: string
  readonly swapped: boolean
  readonly place: number
  readonly records: TypedRecords
  readonly places: readonly number[]
  readonly rulings: AuditItem['rulings']
}

/** Of a page that the audit's third person has keyed. */
export async function loadAuditPage(
  trx: Transaction<DB>,
  pageId: string,
  turn: number,
): Promise<AuditPage> {
  const page = await loadPageCase(trx, pageId)
  if (page.state.kind !== 'settled') throw new Error('a page of a frozen book is not settled')
  const settled = { form: page.form, records: page.state.records }
  const rows = await selectOpen(trx, pageId, turn)
  const places = new Map(page.state.records.map(({ record }, index) => [record, index + 1]))
  const open = rows.map((row): AuditItem => {
    const { itemId, record, swapped } = row
    const field = findField(page.form, row.field)
    const reading = row.records[row.places.indexOf(places.get(record) ?? 0)]?.[row.field]
    if (field === undefined || reading === undefined) throw new Error('an audit lacks a field')
    return {
      itemId,
      record,
      field,
      swapped,
      settled: settledAt(settled, record, field.name),
      audited: meantBy(settled, { record, field, reading }),
      rulings: row.rulings.map(withoutNulls),
    }
  })
  return { auditId: await auditOf(trx, pageId, turn), page, turn, open }
}

type StoredRuling = Pick<Ruling, 'verdict'> & {
  readonly seat: Seat
  readonly value?: Ruling['value'] | null
  readonly note?: string | null
}

function withoutNulls({ seat, verdict, value, note }: StoredRuling): AuditItem['rulings'][number] {
  return {
    seat,
    verdict,
    ...(value == null ? {} : { value }),
    ...(note == null ? {} : { note }),
  }
}

async function selectOpen(trx: Transaction<DB>, pageId: string, turn: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.item_id as "itemId", i.record, i.field, i.swapped, p.places, r.records, (
      select coalesce(json_agg(json_build_object('seat', l.seat, 'verdict', l.verdict,
        'value', l.value, 'note', l.note) order by l.seat), '[]')
      from panel_ruling l where l.item_id = i.item_id) as rulings
    from audit_item i join audit_page p using (page_id, turn) join audit_reading r using (page_id, turn)
    where i.page_id = ${pageId} and i.turn = ${turn}
      and not exists (select from audit_result t where t.item_id = i.item_id)
    order by i.record, i.item_id`.execute(trx)
  return rows
}

async function auditOf(trx: Transaction<DB>, pageId: string, turn: number): Promise<string> {
  const { audit_id } = await trx
    .selectFrom('audit_page')
    .select('audit_id')
    .where('page_id', '=', pageId)
    .where('turn', '=', turn)
    .executeTakeFirstOrThrow()
  if (audit_id === null) throw new Error('a third entry is no audit')
  return audit_id
}
