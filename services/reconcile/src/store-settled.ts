import { pageSettled, recordSettled } from '@songnhap/contracts'
import type { Change, Count } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Compared, SettledRecordValues } from './compared.ts'
import { type Judgement, judgeReadings } from './judge-readings.ts'
import type { DB } from './schema.gen.ts'

export interface SettledPage {
  readonly pageId: string
  readonly campaignId: string
  readonly compared: Compared
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
  const records = pages.flatMap((page) =>
    page.records.map((one): NewRecord => ({ recordId: uuidv7(), page, ...one })),
  )
  await storeRecords(change.trx, pages, records)
  for (const { recordId, page, record, values } of records) {
    const { pageId, campaignId, compared } = page
    const { ruleVersion } = compared.round
    change.say(recordSettled, { recordId, pageId, campaignId, record, ruleVersion, values })
  }
  for (const page of pages) {
    const { pageId, campaignId } = page
    change.say(pageSettled, { pageId, campaignId, records: page.records.length })
    change.count(countsOf(page))
  }
}

/** In one statement, however many there are. */
async function storeRecords(
  trx: Transaction<DB>,
  pages: readonly SettledPage[],
  records: readonly NewRecord[],
): Promise<void> {
  await sql`
    with settled as (
      insert into settled_page (page_id, campaign_id, records)
      select * from unnest(
        ${pages.map(({ pageId }) => pageId)}::uuid[],
        ${pages.map(({ campaignId }) => campaignId)}::uuid[],
        ${pages.map((page) => page.records.length)}::int[])
    )
    insert into settled_record (record_id, page_id, campaign_id, record, rule_version, values)
    select * from unnest(
      ${records.map(({ recordId }) => recordId)}::uuid[],
      ${records.map(({ page }) => page.pageId)}::uuid[],
      ${records.map(({ page }) => page.campaignId)}::uuid[],
      ${records.map(({ record }) => record)}::int[],
      ${records.map(({ page }) => page.compared.round.ruleVersion)}::text[],
      ${records.map(({ values }) => JSON.stringify(values))}::json[])`.execute(trx)
}

function countsOf({ campaignId: scope, compared, records }: SettledPage): Count[] {
  const fields = records.length * compared.form.fields.length
  return [
    { scope, measure: 'pages-settled', amount: 1 },
    { scope, measure: 'records-settled', amount: records.length },
    { scope, measure: 'fields-settled', amount: fields },
    ...judgeReadings(compared, records).flatMap((judgement) => accuracyCounts(scope, judgement)),
  ]
}

/** `judged-records` stands for every field of a record; rows by field only for the exceptions. */
function accuracyCounts(scope: string, judgement: Judgement): Count[] {
  const { typist: subject } = judgement
  const by = (measure: string) => (field: string) => ({ scope, subject, field, measure, amount: 1 })
  return [
    { scope, subject, measure: 'judged-records', amount: judgement.records },
    { scope, subject, measure: 'row-errors', amount: judgement.rowErrors },
    ...judgement.wrong.map(by('wrong')),
    ...judgement.unjudged.map(by('unjudged')),
  ]
}
