import type { submitRulings as contract, RequestOf, Ruling } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import type { AskedQuestion } from './page-case.ts'
import type { DB } from './schema.gen.ts'

export interface RuledQuestion {
  readonly rulingId: string
  readonly ruling: Ruling
  readonly question: AskedQuestion
}

/** What becomes of the arbitration. */
export type Fate = 'open' | 'passed on' | 'settled'

interface RuledArbitration {
  readonly submission: RequestOf<typeof contract>
  readonly pageId: string
  readonly escalated: boolean
  readonly ruled: readonly RuledQuestion[]
  readonly open: number
  readonly fate: Fate
}

/** A submission, its rulings and what becomes of the arbitration, in one statement. */
export async function storeRulings(
  trx: Transaction<DB>,
  { submission, pageId, escalated, ruled, open, fate }: RuledArbitration,
): Promise<void> {
  const { submissionId, personId } = submission
  await sql`
    with submitted as (
      insert into ruling_submission (submission_id, person_id, page_id, open)
      values (${submissionId}, ${personId}, ${pageId}, ${open})
    ), closed as (
      delete from open_arbitration where page_id = ${pageId} and ${fate === 'settled'}
    ), passed_on as (
      update open_arbitration
      set escalated = true, since = clock_timestamp(), holder = null, token = null, until = null
      where page_id = ${pageId} and ${fate === 'passed on'}
    )
    insert into ruling (ruling_id, submission_id, question_id, page_id, arbiter_id, escalated,
                        verdict, value, note)
    select ruling_id, ${submissionId}, question_id, ${pageId}, ${personId}, ${escalated},
           verdict, value, note
    from unnest(
      ${ruled.map(({ rulingId }) => rulingId)}::uuid[],
      ${ruled.map(({ question }) => question.questionId)}::uuid[],
      ${ruled.map(({ ruling }) => ruling.verdict)}::text[],
      ${ruled.map(({ ruling }) => (ruling.value === undefined ? null : JSON.stringify(ruling.value)))}::json[],
      ${ruled.map(({ ruling }) => ruling.note ?? null)}::text[]
    ) as r (ruling_id, question_id, verdict, value, note)`.execute(trx)
}
