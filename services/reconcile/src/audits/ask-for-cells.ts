import type { DrawnCell } from '@songnhap/audits'
import { type FormDefinition, readingWanted } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { DB } from '../schema.gen.ts'
import { selectArbiters } from '../select-arbiters.ts'

/** An audit is keyed as a turn of this pass; which one makes no difference to anybody. */
const PASS = 1

export interface CellToKey extends DrawnCell {
  readonly pageId: string
  readonly record: number
  /** Among the page's records that are there, from 1. */
  readonly place: number
}

interface PageToKey {
  readonly pageId: string
  readonly turn: number
  readonly places: number[]
  readonly cells: string[][]
}

/** Stores what was drawn, and has each page's part of it keyed by somebody who never had the page. */
export async function askForCells(
  { trx, say }: Change<DB>,
  { auditId, form }: { readonly auditId: string; readonly form: FormDefinition },
  cells: readonly CellToKey[],
): Promise<void> {
  if (cells.length === 0) return
  const byPage = Map.groupBy(cells, ({ pageId }) => pageId)
  const turns = await selectTurns(trx, [...byPage.keys()])
  const pages = [...byPage].map(([pageId, here]): PageToKey => {
    return { pageId, turn: (turns.get(pageId) ?? 1) + 1, ...askedOf(form, here) }
  })
  await storePages(trx, auditId, pages)
  await storeItems(trx, auditId, cells, new Map(pages.map(({ pageId, turn }) => [pageId, turn])))
  const arbitersOf = await selectArbiters(trx, [...byPage.keys()])
  for (const { pageId, turn, places, cells: asked } of pages) {
    say(readingWanted, {
      pageId,
      pass: PASS,
      turn,
      places,
      cells: asked,
      notBy: arbitersOf(pageId),
    })
  }
}

/** Records in the order of the page, fields in the order of keying. */
function askedOf(
  { fields }: FormDefinition,
  cells: readonly CellToKey[],
): Pick<PageToKey, 'places' | 'cells'> {
  const byPlace = Map.groupBy(cells, ({ place }) => place)
  const places = [...byPlace.keys()].sort((a, b) => a - b)
  return {
    places,
    cells: places.map((place) => {
      const asked = new Set(byPlace.get(place)?.map(({ field }) => field))
      return fields.filter(({ name }) => asked.has(name)).map(({ name }) => name)
    }),
  }
}

/** The last turn of the pass that was ever asked for, page by page. */
async function selectTurns(
  trx: Transaction<DB>,
  pageIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ page_id: string; turn: number }>`
    select page_id, max(turn)::int as turn from (
      select page_id, turn from reading where pass = ${PASS}
      union all select page_id, turn from wanted_reading where pass = ${PASS}
      union all select page_id, turn from audit_page
    ) known where page_id = any (${pageIds}::uuid[]) group by page_id`.execute(trx)
  return new Map(rows.map((row) => [row.page_id, row.turn]))
}

async function storePages(
  trx: Transaction<DB>,
  auditId: string,
  pages: readonly PageToKey[],
): Promise<void> {
  await sql`
    insert into audit_page (audit_id, page_id, turn, places, cells)
    select ${auditId}, * from unnest(
      ${pages.map(({ pageId }) => pageId)}::uuid[],
      ${pages.map(({ turn }) => turn)}::smallint[],
      ${pages.map(({ places }) => JSON.stringify(places))}::json[],
      ${pages.map(({ cells }) => JSON.stringify(cells))}::json[])`.execute(trx)
}

/** With how each value was settled, as it is now. */
async function storeItems(
  trx: Transaction<DB>,
  auditId: string,
  cells: readonly CellToKey[],
  turns: ReadonlyMap<string, number>,
): Promise<void> {
  await sql`
    insert into audit_item (item_id, audit_id, page_id, turn, record_id, record, field, class,
                            draw_key, swapped, how)
    select c.item_id, ${auditId}, c.page_id, c.turn, c.record_id, c.record, c.field, c.class,
      c.draw_key, c.swapped, (
        select s.values -> c.field ->> 'how' from settled_record s
        where s.record_id = c.record_id order by s.revision desc limit 1)
    from unnest(
      ${cells.map(() => uuidv7())}::uuid[],
      ${cells.map(({ pageId }) => pageId)}::uuid[],
      ${cells.map(({ pageId }) => turns.get(pageId) ?? 0)}::smallint[],
      ${cells.map(({ recordId }) => recordId)}::uuid[],
      ${cells.map(({ record }) => record)}::smallint[],
      ${cells.map(({ field }) => field)}::text[],
      ${cells.map((cell) => cell.class)}::text[],
      ${cells.map(({ drawKey }) => drawKey)}::text[],
      ${cells.map(() => Math.random() < 0.5)}::boolean[]
    ) as c (item_id, page_id, turn, record_id, record, field, class, draw_key, swapped)`.execute(
    trx,
  )
}
