import { pageSettled, recordSettled } from '@songnhap/contracts'
import { type Change, type Count, NOBODY, today } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Compared, SettledRecordValues } from './compared.ts'
import { countPairs } from './independence/count-pairs.ts'
import { type Judgement, judgeReadings } from './judge-readings.ts'
import type { DB } from './schema.gen.ts'

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
      const known = earlier.get(page.pageId)?.records.find(({ record }) => record === one.record)
      return { recordId: known?.recordId ?? uuidv7(), page, ...one }
    }),
  )
  const judged = new Map(pages.map((page) => [page.pageId, judgementsOf(page)]))
  await storeRecords(change.trx, pages, records, judged)
  await countPairs(change.trx, pages)
  for (const { recordId, page, record, values } of records) {
    const { pageId, campaignId, compared } = page
    const { ruleVersion } = compared.round
    const again = revisionOf(page)
    change.say(recordSettled, {
      recordId,
      pageId,
      campaignId,
      record,
      ruleVersion,
      ...again,
      values,
    })
  }
  for (const page of pages) {
    const { pageId, campaignId } = page
    const again = revisionOf(page)
    change.say(pageSettled, { pageId, campaignId, records: page.records.length, ...again })
    change.count(countsOf(page, judged.get(pageId) ?? [], earlier.get(pageId)))
  }
}

/** Nothing the first time. */
function revisionOf({ revision }: SettledPage): { revision?: number } {
  return revision === 0 ? {} : { revision: revision + 1 }
}

/** What is counted for or against a typist. */
type Judged = Omit<Count, 'scope'>

interface EarlierRecord extends SettledRecordValues {
  readonly recordId: string
}

interface Earlier {
  readonly records: readonly EarlierRecord[]
  /** Null: counted by an earlier release, which did not keep what. */
  readonly judged: readonly Judged[] | null
}

/** What was settled last of pages that are settled again; hardly any page is. */
async function selectEarlier(
  trx: Transaction<DB>,
  pages: readonly SettledPage[],
): Promise<ReadonlyMap<string, Earlier>> {
  const again = pages.filter(({ revision }) => revision > 0)
  if (again.length === 0) return new Map()
  const { rows } = await sql<Earlier & { pageId: string }>`
    select page_id as "pageId", judged, (
      select coalesce(json_agg(json_build_object(
        'recordId', r.record_id, 'record', r.record, 'values', r.values) order by r.record), '[]')
      from settled_record r where r.page_id = p.page_id and r.revision = p.revision) as records
    from settled_page p join unnest(
      ${again.map(({ pageId }) => pageId)}::uuid[], ${again.map(({ revision }) => revision)}::int[]
    ) as last (page_id, revision) using (page_id, revision)`.execute(trx)
  return new Map(rows.map((row) => [row.pageId, row]))
}

/** In one statement, however many there are. */
async function storeRecords(
  trx: Transaction<DB>,
  pages: readonly SettledPage[],
  records: readonly NewRecord[],
  judged: ReadonlyMap<string, readonly Judged[]>,
): Promise<void> {
  await sql`
    with settled as (
      insert into settled_page (page_id, campaign_id, records, revision, judged)
      select * from unnest(
        ${pages.map(({ pageId }) => pageId)}::uuid[],
        ${pages.map(({ campaignId }) => campaignId)}::uuid[],
        ${pages.map((page) => page.records.length)}::int[],
        ${pages.map(({ revision }) => revision + 1)}::smallint[],
        ${pages.map(({ pageId }) => JSON.stringify(judged.get(pageId) ?? []))}::json[])
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

/** Settled again, a page counts once, and its readings by what is settled now. */
function countsOf(
  page: SettledPage,
  judged: readonly Judged[],
  earlier: Earlier | undefined,
): Count[] {
  const { campaignId: scope, compared, records } = page
  const fields = records.length * compared.form.fields.length
  const taken =
    earlier === undefined
      ? []
      : (earlier.judged ?? judgementsOf({ ...page, records: earlier.records }))
  return [
    { scope, measure: 'pages-settled', field: today(), amount: 1 },
    { scope, measure: 'records-settled', amount: records.length },
    { scope, measure: 'fields-settled', amount: fields },
    ...judged.map((count) => ({ scope, ...count })),
    ...taken.map((count) => ({ ...count, scope, amount: -count.amount })),
  ]
}

function judgementsOf({ compared, records }: Pick<SettledPage, 'compared' | 'records'>): Judged[] {
  return judgeReadings(compared, records)
    .flatMap(accuracyCounts)
    .filter(({ amount }) => amount !== 0)
}

/** `judged-records` stands for every field of a record; rows by field only for the exceptions. */
function accuracyCounts(judgement: Judgement): Judged[] {
  const { typist: subject } = judgement
  const by = (measure: string) => (field: string) => ({ subject, field, measure, amount: 1 })
  return [
    { subject, measure: 'judged-records', amount: judgement.records },
    { subject, measure: 'row-errors', amount: judgement.rowErrors },
    ...judgement.wrong.map(by('wrong')),
    ...judgement.unjudged.map(by('unjudged')),
  ]
}
