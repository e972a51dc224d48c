import { pageSettled, recordSettled } from '@songnhap/contracts'
import { type Change, type Count, NOBODY, today } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { storeJudged } from './accuracy/store-judged.ts'
import type { Compared, SettledRecordValues } from './compared.ts'
import { countPairs } from './independence/count-pairs.ts'
import { retireSettledAnew } from './known-pages/confirm-known-page.ts'
import type { DB } from './schema.gen.ts'
import { countAgreed } from './third/count-agreed.ts'

export interface SettledPage {
  readonly pageId: string
  readonly campaignId: string
  readonly compared: Compared
  /** How often it was settled before. */
  readonly revision: number
  readonly records: readonly SettledRecordValues[]
}

interface NewRecord extends SettledRecordValues {
  readonly recordId: string
  readonly page: SettledPage
}

/** Stores, says and counts the records of pages about which nothing is open. */
export async function storeSettled(
  change: Change<DB>,
  pages: readonly SettledPage[],
): Promise<void> {
  if (pages.length === 0) return
  const earlier = await selectEarlier(change.trx, pages)
  const records = pages.flatMap((page) =>
    page.records.map((one): NewRecord => {
      const known = earlier.get(page.pageId)?.find(({ record }) => record === one.record)
      return { recordId: known?.recordId ?? uuidv7(), page, ...one }
    }),
  )
  await storeRecords(change.trx, pages, records)
  const again = pages.filter(({ revision }) => revision > 0).map(({ pageId }) => pageId)
  if (again.length > 0) await retireSettledAnew(change, again)
  await storeJudged(
    change,
    pages.map((page) => ({ ...page, records: records.filter((one) => one.page === page) })),
  )
  await countPairs(change.trx, pages)
  await countAgreed(change, pages)
  for (const { recordId, page, record, values } of records) {
    const { pageId, campaignId, compared } = page
    const { ruleVersion } = compared.round
    const newer = revisionOf(page)
    change.say(recordSettled, {
      recordId,
      pageId,
      campaignId,
      record,
      ruleVersion,
      ...newer,
      values,
    })
  }
  for (const page of pages) {
    const { pageId, campaignId } = page
    const newer = revisionOf(page)
    change.say(pageSettled, { pageId, campaignId, records: page.records.length, ...newer })
    change.count(countsOf(page))
  }
}

/** Nothing the first time. */
function revisionOf({ revision }: SettledPage): { revision?: number } {
  return revision === 0 ? {} : { revision: revision + 1 }
}

interface EarlierRecord {
  readonly record: number
  readonly recordId: string
}

/** The records of pages that are settled again, as they were settled last; hardly any page is. */
async function selectEarlier(
  trx: Transaction<DB>,
  pages: readonly SettledPage[],
): Promise<ReadonlyMap<string, readonly EarlierRecord[]>> {
  const again = pages.filter(({ revision }) => revision > 0)
  if (again.length === 0) return new Map()
  const { rows } = await sql<EarlierRecord & { pageId: string }>`
    select page_id as "pageId", record_id as "recordId", record
    from settled_record join unnest(
      ${again.map(({ pageId }) => pageId)}::uuid[], ${again.map(({ revision }) => revision)}::int[]
    ) as last (page_id, revision) using (page_id, revision)`.execute(trx)
  return Map.groupBy(rows, ({ pageId }) => pageId)
}

/** In one statement, however many there are. */
async function storeRecords(
  trx: Transaction<DB>,
  pages: readonly SettledPage[],
  records: readonly NewRecord[],
): Promise<void> {
  await sql`
    with settled as (
      insert into settled_page (page_id, campaign_id, records, revision)
      select * from unnest(
        ${pages.map(({ pageId }) => pageId)}::uuid[],
        ${pages.map(({ campaignId }) => campaignId)}::uuid[],
        ${pages.map((page) => page.records.length)}::int[],
        ${pages.map(({ revision }) => revision + 1)}::smallint[])
    ), counted as (
      insert into tally_delta (scope, subject, field, measure, amount)
      select book_id, ${NOBODY}, '', 'pages-settled', count(*)
      from page where page_id = any (${pages.map(({ pageId }) => pageId)}::uuid[]) group by book_id
    )
    insert into settled_record (record_id, page_id, campaign_id, record, rule_version, revision, values)
    select * from unnest(
      ${records.map(({ recordId }) => recordId)}::uuid[],
      ${records.map(({ page }) => page.pageId)}::uuid[],
      ${records.map(({ page }) => page.campaignId)}::uuid[],
      ${records.map(({ record }) => record)}::int[],
      ${records.map(({ page }) => page.compared.round.ruleVersion)}::text[],
      ${records.map(({ page }) => page.revision + 1)}::smallint[],
      ${records.map(({ values }) => JSON.stringify(values))}::json[])`.execute(trx)
}

/** Opened again, a page was taken out of these; it is settled once. */
function countsOf({ campaignId: scope, compared, records }: SettledPage): Count[] {
  const fields = records.length * compared.form.fields.length
  return [
    { scope, measure: 'pages-settled', field: today(), amount: 1 },
    { scope, measure: 'records-settled', amount: records.length },
    { scope, measure: 'fields-settled', amount: fields },
    { scope, measure: 'settlings', amount: 1 },
  ]
}
