import { differingLetters } from '@songnhap/comparators'
import type { BookLayouts, Charge } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { loadPageCase } from '../load-page-case.ts'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'

const CHARGES_A_CALL_MAX = 20

export interface Asked {
  readonly typist: string
  readonly campaignIds: readonly string[]
  readonly from: string | null
  readonly to: string | null
  /** The last one that was told before. */
  readonly after: string | null
}

type Row = Pick<
  Charge,
  | 'chargeId'
  | 'campaignId'
  | 'pageId'
  | 'bookTitle'
  | 'sequence'
  | 'recordId'
  | 'record'
  | 'field'
  | 'class'
  | 'major'
  | 'day'
  | 'revision'
> & { readonly pass: 1 | 2; readonly row: number; readonly layouts: BookLayouts | null }

/**
 * Charges that stand, the latest first, with what was typed and what was settled: neither is kept with the
 * charge. Of a page that was opened again nothing is told until it is settled.
 */
export async function selectCharges(
  trx: Transaction<DB>,
  { typist, campaignIds, from, to, after }: Asked,
): Promise<{ charges: Charge[]; more: boolean }> {
  const { rows } = await sql<Row>`
    select charge_id as "chargeId", h.campaign_id as "campaignId", page_id as "pageId",
      b.title as "bookTitle", p.sequence, b.layouts, record_id as "recordId", record, field, field_class as class,
      major, day::text as day, revision, pass, "row"
    from charge h join page p using (page_id) join book b using (book_id)
    where typist = ${typist} and stands and h.campaign_id = any (${campaignIds}::uuid[])
      and (${after}::uuid is null or charge_id < ${after}::uuid)
      and (${from}::date is null or day >= ${from}::date)
      and (${to}::date is null or day <= ${to}::date)
      and not exists (select from open_arbitration o where o.page_id = h.page_id and o.seat = 0)
    order by charge_id desc limit ${CHARGES_A_CALL_MAX + 1}`.execute(trx)
  const told = rows.slice(0, CHARGES_A_CALL_MAX)
  const pages = new Map<string, PageCase>()
  for (const pageId of new Set(told.map((row) => row.pageId))) {
    pages.set(pageId, await loadPageCase(trx, pageId))
  }
  return {
    charges: told.flatMap((row) => chargeOf(row, pages.get(row.pageId)) ?? []),
    more: rows.length > CHARGES_A_CALL_MAX,
  }
}

function chargeOf(
  { pass, row, layouts, ...charge }: Row,
  page: PageCase | undefined,
): Charge | null {
  if (page?.state.kind !== 'settled') return null
  const { form, compared, state } = page
  const side = compared.sides[pass === 1 ? 0 : 1]
  const reading = side.rows[row]?.[charge.field] ?? null
  const values = state.records.find(({ record }) => record === charge.record)?.values
  const settled = values?.[charge.field]
  if (reading === null || settled === undefined) return null
  const { first, second } = differingLetters(reading.value, settled.value)
  return {
    ...charge,
    ...(layouts === null ? {} : { layouts }),
    form: { name: form.name, version: form.version },
    reading,
    settled,
    letters: { reading: [...first], settled: [...second] },
  }
}
