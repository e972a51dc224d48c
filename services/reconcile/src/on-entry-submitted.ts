import { type BodyOf, entrySubmitted } from '@songnhap/contracts'
import { type FactHandler, NotYet, onMany } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { isOfCells, takeCells } from './audits/take-cells.ts'
import { compareEntries } from './compare-entries.ts'
import { type KeyedEntry, pairEntries } from './pair-entries.ts'
import type { DB } from './schema.gen.ts'
import { takeWanted } from './take-wanted.ts'

type Entry = BodyOf<typeof entrySubmitted>

/**
 * Keeps readings and compares the two of each page that has both now. Whatever the order in which
 * entries come: the lock on the page's row makes the later of two see the earlier. A reading that was
 * wanted later takes its place in the page's next round.
 */
export function onEntrySubmitted(arbitrationOpened: () => void): FactHandler<DB> {
  return onMany<DB, typeof entrySubmitted>(entrySubmitted, async (change, entries) => {
    const { trx } = change
    const campaigns = await lockPages(trx, entries)
    const readings = entries.filter((entry) => !isOfCells(entry))
    const first = readings.filter(({ pass, turn }) => pass !== null && (turn ?? 1) === 1)
    const earlier = await selectEarlier(trx, first)
    await storeReadings(trx, entries, readings)
    const pairs = pairEntries([...earlier, ...first])
    const pages = pairs.map((pair) => ({ ...pair, campaignId: campaigns.get(pair.pageId) ?? '' }))
    await compareEntries(change, pages, arbitrationOpened)
    const again = readings.filter(({ pass, turn }) => pass !== null && (turn ?? 1) > 1)
    await takeWanted(change, again, arbitrationOpened)
    await takeCells(change, entries.filter(isOfCells), arbitrationOpened)
  })
}

/**
 * Says which campaign each page belongs to. All lock in one order, and so nobody in a circle. Entry hears
 * of pages, and of other versions of forms, from intake; this service may hear of them a moment later.
 */
async function lockPages(
  trx: Transaction<DB>,
  entries: readonly Entry[],
): Promise<Map<string, string>> {
  const pageIds = new Set(entries.map(({ pageId }) => pageId))
  const { rows } = await sql<{ page_id: string; campaign_id: string; versions: number[] }>`
    select page_id, campaign_id, array(
      select form_version from campaign_form f where f.campaign_id = p.campaign_id) as versions
    from page p where page_id = any (${[...pageIds]}::uuid[])
    order by page_id for update`.execute(trx)
  if (rows.length < pageIds.size) throw new NotYet('intake has not said this page yet')
  const known = new Map(rows.map(({ page_id, versions }) => [page_id, versions]))
  const isKnown = ({ pageId, form }: Entry) => known.get(pageId)?.includes(form.version) === true
  // Compared now, what was keyed by the new version would be compared by the old one.
  if (!entries.every(isKnown)) throw new NotYet('intake has not said this form yet')
  return new Map(rows.map((row) => [row.page_id, row.campaign_id]))
}

/** The readings that the pages had before. In a statement of its own: it sees what the lock waited for. */
async function selectEarlier(
  trx: Transaction<DB>,
  entries: readonly Entry[],
): Promise<KeyedEntry[]> {
  const pageIds = entries.map(({ pageId }) => pageId)
  const { rows } = await sql<KeyedEntry>`
    select entry_id as "entryId", page_id as "pageId", person_id as "personId", pass, records
    from reading
    where page_id = any (${pageIds}::uuid[]) and pass is not null and turn = 1`.execute(trx)
  return rows
}

/** `entries` have all been seen by somebody; those are `readings` that may take part in a comparison. */
async function storeReadings(
  trx: Transaction<DB>,
  entries: readonly Entry[],
  readings: readonly Entry[],
): Promise<void> {
  const seen = entries.flatMap(({ pageId, personId, seenBy }) =>
    [...new Set([personId, ...seenBy])].map((person) => ({ pageId, person })),
  )
  await sql`
    with kept as (
      insert into reading (entry_id, page_id, person_id, pass, turn, keyed_at, records, effort)
      select * from unnest(
        ${readings.map(({ entryId }) => entryId)}::uuid[],
        ${readings.map(({ pageId }) => pageId)}::uuid[],
        ${readings.map(({ personId }) => personId)}::uuid[],
        ${readings.map(({ pass }) => pass)}::smallint[],
        ${readings.map(({ turn }) => turn ?? 1)}::smallint[],
        ${readings.map(({ submittedAt }) => submittedAt)}::timestamptz[],
        ${readings.map(({ records }) => JSON.stringify(records))}::json[],
        ${readings.map(({ effort }) => effort && JSON.stringify(effort))}::json[])
    )
    insert into seen (page_id, person_id)
    select * from unnest(
      ${seen.map(({ pageId }) => pageId)}::uuid[], ${seen.map(({ person }) => person)}::uuid[])
    on conflict do nothing`.execute(trx)
}
