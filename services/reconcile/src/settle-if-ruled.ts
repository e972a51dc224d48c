import { pageSettled, recordSettled } from '@songnhap/contracts'
import type { Change, Count } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { judgeReadings } from './judge-readings.ts'
import { loadPageCase, type PageCase } from './page-case.ts'
import type { DB } from './schema.gen.ts'
import type { SettledRecordValues } from './settle-page.ts'

/** Settles the page's records when nothing about it is open any more. Returns the case as it is. */
export async function settleIfRuled(change: Change<DB>, pageId: string): Promise<PageCase> {
  const page = await loadPageCase(change.trx, pageId)
  if (page.state.kind === 'settled') await settle(change, page, page.state.records)
  return page
}

/** Stores the records of a page about which nothing is open. */
export async function settle(
  { trx, say, count }: Change<DB>,
  page: Omit<PageCase, 'questions' | 'state'>,
  settled: readonly SettledRecordValues[],
): Promise<void> {
  const { pageId, campaignId, ruleVersion, compared, typists } = page
  const records = settled.map((one) => ({ recordId: uuidv7(), ...one }))
  await trx
    .insertInto('settled_page')
    .values({ page_id: pageId, campaign_id: campaignId, records: records.length })
    .execute()
  await storeRecords(trx, page, records)
  for (const { recordId, record, values } of records) {
    say(recordSettled, { recordId, pageId, campaignId, record, ruleVersion, values })
  }
  say(pageSettled, { pageId, campaignId, records: records.length })
  await trx.deleteFrom('open_arbitration').where('page_id', '=', pageId).execute()
  count([
    { scope: campaignId, measure: 'pages-settled', amount: 1 },
    { scope: campaignId, measure: 'records-settled', amount: records.length },
    {
      scope: campaignId,
      measure: 'fields-settled',
      amount: records.length * compared.form.fields.length,
    },
    ...compared.readings.flatMap((typed, pass) => {
      const subject = typists[pass] ?? ''
      return accuracyCounts(campaignId, subject, judgeReadings(compared.form, typed, records))
    }),
  ])
}

/** In one statement, however many there are. */
async function storeRecords(
  trx: Transaction<DB>,
  { pageId, campaignId, ruleVersion }: Pick<PageCase, 'pageId' | 'campaignId' | 'ruleVersion'>,
  records: readonly (SettledRecordValues & { readonly recordId: string })[],
): Promise<void> {
  await sql`
    insert into settled_record (record_id, page_id, campaign_id, record, rule_version, values)
    select record_id, ${pageId}, ${campaignId}, record, ${ruleVersion}, values
    from unnest(
      ${records.map(({ recordId }) => recordId)}::uuid[],
      ${records.map(({ record }) => record)}::int[],
      ${records.map(({ values }) => JSON.stringify(values))}::json[]
    ) as r (record_id, record, values)`.execute(trx)
}

/** `judged-records` stands for every field of a record; rows by field only for the exceptions. */
function accuracyCounts(
  scope: string,
  subject: string,
  judgement: ReturnType<typeof judgeReadings>,
): Count[] {
  return [
    { scope, subject, measure: 'judged-records', amount: judgement.records },
    { scope, subject, measure: 'row-errors', amount: judgement.rowErrors },
    ...judgement.wrong.map((field) => ({ scope, subject, field, measure: 'wrong', amount: 1 })),
    ...judgement.unjudged.map((field) => ({
      scope,
      subject,
      field,
      measure: 'unjudged',
      amount: 1,
    })),
  ]
}
