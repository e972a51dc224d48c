import { pageSettled, recordSettled } from '@songnhap/contracts'
import { type Change, type Count, count } from '@songnhap/database'
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

async function settle(
  { trx, say }: Change<DB>,
  page: PageCase,
  records: readonly SettledRecordValues[],
): Promise<void> {
  const { pageId, campaignId, ruleVersion, compared, typists } = page
  await trx
    .insertInto('settled_page')
    .values({ page_id: pageId, campaign_id: campaignId, records: records.length })
    .execute()
  for (const { record, values } of records) {
    const recordId = uuidv7()
    await trx
      .insertInto('settled_record')
      .values({
        record_id: recordId,
        page_id: pageId,
        campaign_id: campaignId,
        record,
        rule_version: ruleVersion,
        values: JSON.stringify(values),
      })
      .execute()
    say(recordSettled, { recordId, pageId, campaignId, record, ruleVersion, values })
  }
  say(pageSettled, { pageId, campaignId, records: records.length })
  await trx.deleteFrom('open_arbitration').where('page_id', '=', pageId).execute()
  await count(trx, [
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
