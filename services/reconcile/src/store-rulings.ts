import type { submitRulings as contract, RequestOf, Ruling } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { arbitrationOf } from './arbitration-of.ts'
import type { PageCase, StoredQuestion } from './page-case.ts'
import type { DB } from './schema.gen.ts'

export interface RuledQuestion {
  readonly rulingId: string
  readonly ruling: Ruling
  readonly question: StoredQuestion
}

interface RuledArbitration {
  readonly submission: RequestOf<typeof contract>
  /** The instance that ruled. */
  readonly escalated: boolean
  readonly ruled: readonly RuledQuestion[]
  /** The page as the rulings leave it. */
  readonly after: PageCase
  readonly open: number
}

/** A submission, its rulings and what becomes of the arbitration, in one statement. */
export async function storeRulings(
  trx: Transaction<DB>,
  { submission, escalated, ruled, after, open }: RuledArbitration,
): Promise<void> {
  const { pageId } = after
  const instance = arbitrationOf(after)
  const forSupervisors = instance === 'supervisors'
  const { submissionId, personId } = submission
  await sql`
    with submitted as (
      insert into ruling_submission (submission_id, person_id, page_id, open)
      values (${submissionId}, ${personId}, ${pageId}, ${open})
    ), closed as (
      delete from open_arbitration where page_id = ${pageId} and seat = 0 and ${instance === 'nobody'}
    ), handed_over as (
      update open_arbitration
      set escalated = ${forSupervisors}, since = clock_timestamp(),
          holder = null, token = null, until = null
      where page_id = ${pageId} and seat = 0 and ${instance !== 'nobody'} and escalated <> ${forSupervisors}
    )
    insert into ruling (ruling_id, submission_id, question_id, page_id, arbiter_id, escalated,
                        verdict, value, pairs, note)
    select ruling_id, ${submissionId}, question_id, ${pageId}, ${personId}, ${escalated},
           verdict, value, pairs, note
    from unnest(
      ${ruled.map(({ rulingId }) => rulingId)}::uuid[],
      ${ruled.map(({ question }) => question.questionId)}::uuid[],
      ${ruled.map(({ ruling }) => ruling.verdict)}::text[],
      ${ruled.map(({ ruling }) => (ruling.value === undefined ? null : JSON.stringify(ruling.value)))}::json[],
      ${ruled.map(({ ruling }) => (ruling.pairs === undefined ? null : JSON.stringify(ruling.pairs)))}::json[],
      ${ruled.map(({ ruling }) => ruling.note ?? null)}::text[]
    ) as r (ruling_id, question_id, verdict, value, pairs, note)`.execute(trx)
}
