import { type submitRulings as contract, Problem, type RequestOf } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

type Submission = RequestOf<typeof contract>

interface Answer {
  readonly person_id: string
  readonly page_id: string
  readonly open: number
  readonly ruled: readonly { readonly question_id: string; readonly verdict: string }[]
}

/**
 * What was answered when these rulings came before, whoever's seat they were for: how many questions were
 * left. Absent: they are new.
 */
export async function findAnswer(
  trx: Transaction<DB>,
  { submissionId, personId, rulings }: Submission,
  pageId: string,
): Promise<number | undefined> {
  const { rows } = await sql<Answer>`
    select person_id, page_id, open, (
      select coalesce(json_agg(r), '[]') from (
        select question_id, verdict from ruling where submission_id = ${submissionId}
        union all
        select item_id, verdict from panel_ruling where submission_id = ${submissionId}
        union all
        select distinct question_id, verdict from recheck_ruling
        where submission_id = ${submissionId}) r) as ruled
    from ruling_submission where submission_id = ${submissionId}`.execute(trx)
  const [stored] = rows
  if (stored === undefined) return undefined
  const same =
    stored.person_id === personId &&
    stored.page_id === pageId &&
    stored.ruled.length === rulings.length &&
    stored.ruled.every((row) =>
      rulings.some((r) => r.questionId === row.question_id && r.verdict === row.verdict),
    )
  // Other rulings under the same id are no repeat: acknowledged, they would be lost.
  if (!same) throw new Problem('ALREADY_EXISTS')
  return stored.open
}
