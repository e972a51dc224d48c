import { type FieldClass, type FieldDefinition, readingWanted } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { openCase, type PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'
import { thirdCosts } from './third-costs.ts'
import { type AskedCells, cellsForThird } from './third-keying.ts'
import { readThirdTotals } from './third-totals.ts'

/** Nobody asked for anything of a page before it is compared. */
const [PASS, TURN] = [1, 2] as const

/**
 * Of pages compared for the first time, has a third person key what differs where that is cheaper than an
 * arbiter at once. Answers the same pages; those that wait for a third person as waiting.
 */
export async function askThirds(
  change: Change<DB>,
  pages: readonly PageCase[],
): Promise<PageCase[]> {
  const favoured = await selectFavoured(change.trx, pages)
  if (favoured.size === 0) return [...pages]
  const asked = pages.flatMap((page) => {
    const classes = favoured.get(page.campaignId)
    const isWorth = (field: FieldDefinition) => classes?.has(field.class ?? 'ordinary') === true
    const cells = cellsForThird(page, isWorth)
    return cells === null ? [] : [{ page, cells }]
  })
  const known = await selectWithOthers(
    change.trx,
    asked.map(({ page }) => page),
  )
  const possible = asked.filter(({ page }) => known.has(page.pageId))
  if (possible.length === 0) return [...pages]
  await ask(change, possible)
  const cellsOf = new Map(possible.map(({ page, cells }) => [page.pageId, cells]))
  return pages.map((page) => {
    const cells = cellsOf.get(page.pageId)
    if (cells === undefined) return page
    return openCase({ ...page, cellsTurn: TURN, third: { ...cells, reading: null, doubts: [] } })
  })
}

/** Campaigns that ask for third entries, with the classes of fields where these are cheaper. */
async function selectFavoured(
  trx: Transaction<DB>,
  pages: readonly PageCase[],
): Promise<ReadonlyMap<string, ReadonlySet<FieldClass>>> {
  const campaignIds = [...new Set(pages.map(({ campaignId }) => campaignId))]
  const { rows } = await sql<{ campaignId: string }>`
    select campaign_id as "campaignId" from (
      select distinct on (campaign_id) campaign_id, is_on from third_setting
      where campaign_id = any (${campaignIds}::uuid[]) order by campaign_id, set_at desc) s
    where is_on`.execute(trx)
  const favoured = new Map<string, ReadonlySet<FieldClass>>()
  for (const { campaignId } of rows) {
    const { classes } = thirdCosts(await readThirdTotals(trx, campaignId))
    const cheaper = classes.filter((one) => one.favoured).map((one) => one.class)
    favoured.set(campaignId, new Set(cheaper))
  }
  return favoured
}

/** Pages of whose campaigns somebody keyed who had none of the two in hand: there is a third person. */
async function selectWithOthers(
  trx: Transaction<DB>,
  pages: readonly PageCase[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ pageId: string }>`
    select a.page_id as "pageId" from unnest(
      ${pages.map(({ pageId }) => pageId)}::uuid[],
      ${pages.map(({ campaignId }) => campaignId)}::uuid[]) as a (page_id, campaign_id)
    where exists (
      select from (
        select typist from operator_total where campaign_id = a.campaign_id
        union all select typist from operator_delta where campaign_id = a.campaign_id) o
      where not exists (
        select from seen s where s.page_id = a.page_id and s.person_id = o.typist))`.execute(trx)
  return new Set(rows.map(({ pageId }) => pageId))
}

async function ask(
  { trx, say, count }: Change<DB>,
  asked: readonly { readonly page: PageCase; readonly cells: AskedCells }[],
): Promise<void> {
  await sql`
    insert into audit_page (page_id, turn, places, cells, rows)
    select page_id, ${TURN}, places, cells, rows from unnest(
      ${asked.map(({ page }) => page.pageId)}::uuid[],
      ${asked.map(({ cells }) => JSON.stringify(cells.places))}::json[],
      ${asked.map(({ cells }) => JSON.stringify(cells.cells))}::json[],
      ${asked.map(({ cells }) => JSON.stringify(cells.rows))}::json[]) as a (page_id, places, cells, rows)`.execute(
    trx,
  )
  for (const { page, cells } of asked) {
    const { pageId, campaignId: scope } = page
    const [places, names] = [[...cells.places], cells.cells.map((fields) => [...fields])]
    // Nobody has been handed a reading of the page: it is compared for the first time.
    say(readingWanted, { pageId, pass: PASS, turn: TURN, places, cells: names, notBy: [] })
    count([{ scope, measure: 'third-asked', amount: names.flat().length }])
  }
}
