import { knownPageAnswered } from '@songnhap/contracts'
import { dayOf, NotYet, on } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { SettledRecordValues } from '../compared.ts'
import { formFrom } from '../forms.ts'
import type { DB } from '../schema.gen.ts'
import { judgeAnswer } from './judge-answer.ts'

/** Judged by what was confirmed, and kept apart from all that is keyed of pages. */
export const onKnownPageAnswered = on<DB, typeof knownPageAnswered>(
  knownPageAnswered,
  async ({ trx }, { entryId, pageId, campaignId, form, personId, records, submittedAt }) => {
    const stored = await selectForm(trx, campaignId, form.version)
    if (stored === undefined) throw new NotYet('intake has not said this form yet')
    const judgement = judgeAnswer(stored, await selectAnswer(trx, pageId), records)
    const { judged, wrong, major, leftOut, madeUp } = judgement
    await trx
      .insertInto('known_answer')
      .values({
        entry_id: entryId,
        page_id: pageId,
        person_id: personId,
        campaign_id: campaignId,
        form_version: form.version,
        day: dayOf(new Date(submittedAt)),
        records: JSON.stringify(records),
        judged,
        wrong,
        major,
        left_out: leftOut,
        made_up: madeUp,
      })
      // Keyed once more by the same person, late: the first time counts.
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    // Nor does whoever keyed it rule on it.
    await trx
      .insertInto('seen')
      .values({ page_id: pageId, person_id: personId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },
)

async function selectForm(trx: Kysely<DB>, campaignId: string, version: number) {
  const row = await trx
    .selectFrom('campaign_form')
    .select('form')
    .where('campaign_id', '=', campaignId)
    .where('form_version', '=', version)
    .executeTakeFirst()
  return row && formFrom(row.form)
}

async function selectAnswer(trx: Kysely<DB>, pageId: string): Promise<SettledRecordValues[]> {
  const { rows } = await sql<SettledRecordValues>`
    select s.record, s.values from known_page k
      join settled_record s on s.page_id = k.page_id and s.revision = k.revision
    where k.page_id = ${pageId} order by s.record`.execute(trx)
  if (rows.length === 0) throw new Error('an answer to a page that is not known')
  return rows
}
