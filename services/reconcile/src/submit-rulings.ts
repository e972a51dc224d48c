import {
  type submitRulings as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type Ruling,
  rulingMade,
} from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { openQuestions } from './arbitration-assignment.ts'
import { lockArbitration } from './arbitration-lease.ts'
import { checkRuling } from './check-ruling.ts'
import { type AskedQuestion, loadPageCase, type PageCase } from './page-case.ts'
import type { DB } from './schema.gen.ts'
import { settleIfRuled } from './settle-if-ruled.ts'

type Submission = RequestOf<typeof contract>

/**
 * Stores rulings on some or all questions of an arbitration, once a submission, and settles the
 * page when nothing is open any more. Questions that the arbiter passed on go to a supervisor.
 */
export async function submitRulings(
  ledger: Ledger<DB>,
  escalated: () => void,
  submission: Submission,
): Promise<ReplyOf<typeof contract>> {
  const { submissionId } = submission
  return await ledger.change(async (change) => {
    const { pageId, open: arbitration } = await lockArbitration(change.trx, submission)
    const answered = await findAnswer(change, submission, pageId)
    if (answered !== undefined) return { submissionId, open: answered }
    if (arbitration === undefined) throw new Problem('LEASE_ENDED')

    const page = await loadPageCase(change.trx, pageId)
    const before = openQuestions(page, arbitration.escalated)
    await storeRulings(change, page, before, arbitration.escalated, submission)
    const after = await settleIfRuled(change, pageId)
    const left = openQuestions(after, arbitration.escalated)
    if (after.state.kind === 'open' && left.length === 0) {
      await passOn(change, pageId)
      change.afterCommit(escalated)
    }
    await change.trx
      .insertInto('ruling_submission')
      .values({
        submission_id: submissionId,
        person_id: submission.personId,
        page_id: pageId,
        open: left.length,
      })
      .execute()
    return { submissionId, open: left.length }
  })
}

async function findAnswer(
  { trx }: Change<DB>,
  { submissionId, personId, rulings }: Submission,
  pageId: string,
): Promise<number | undefined> {
  const stored = await trx
    .selectFrom('ruling_submission')
    .selectAll()
    .where('submission_id', '=', submissionId)
    .executeTakeFirst()
  if (stored === undefined) return undefined
  const ruled = await trx
    .selectFrom('ruling')
    .select(['question_id', 'verdict'])
    .where('submission_id', '=', submissionId)
    .execute()
  const same =
    stored.person_id === personId &&
    stored.page_id === pageId &&
    ruled.length === rulings.length &&
    ruled.every((row) =>
      rulings.some((r) => r.questionId === row.question_id && r.verdict === row.verdict),
    )
  // Other rulings under the same id are no repeat: acknowledged, they would be lost.
  if (!same) throw new Problem('ALREADY_EXISTS')
  return stored.open
}

async function storeRulings(
  { trx, say, count }: Change<DB>,
  page: PageCase,
  open: readonly AskedQuestion[],
  escalated: boolean,
  { personId, submissionId, rulings }: Submission,
): Promise<void> {
  const ruled = rulings.map((ruling) => ({
    rulingId: uuidv7(),
    ruling,
    question: questionOf(page, open, ruling),
  }))
  const findings = ruled.flatMap(({ question, ruling }) =>
    checkRuling(page.compared.form, question, ruling, escalated),
  )
  if (new Set(rulings.map((ruling) => ruling.questionId)).size < rulings.length) {
    findings.push('one question is ruled on twice')
  }
  if (findings.length > 0) throw new Problem('RULING_INVALID', findings)

  await trx
    .insertInto('ruling')
    .values(
      ruled.map(({ rulingId, ruling }) => ({
        ruling_id: rulingId,
        submission_id: submissionId,
        question_id: ruling.questionId,
        page_id: page.pageId,
        arbiter_id: personId,
        escalated,
        verdict: ruling.verdict,
        value: ruling.value === undefined ? null : JSON.stringify(ruling.value),
        note: ruling.note ?? null,
      })),
    )
    .execute()
  for (const { rulingId, ruling, question } of ruled) {
    say(rulingMade, {
      rulingId,
      questionId: ruling.questionId,
      pageId: page.pageId,
      record: question.record,
      field: question.field,
      arbiterId: personId,
      verdict: ruling.verdict,
      swapped: question.swapped,
      ...(ruling.value === undefined ? {} : { value: ruling.value }),
    })
  }
  const passedOn = rulings.filter(({ verdict }) => verdict === 'escalate').length
  const subject = personId
  count([
    { scope: page.campaignId, subject, measure: 'rulings', amount: rulings.length },
    { scope: page.campaignId, subject, measure: 'escalated', amount: passedOn },
  ])
}

function questionOf(
  page: PageCase,
  open: readonly AskedQuestion[],
  { questionId }: Ruling,
): AskedQuestion {
  const question = open.find((asked) => asked.questionId === questionId)
  if (question !== undefined) return question
  const known = page.questions.some((asked) => asked.questionId === questionId)
  throw known ? new Problem('RULED_ALREADY') : new Problem('RULING_INVALID', ['unknown question'])
}

async function passOn({ trx }: Change<DB>, pageId: string): Promise<void> {
  await trx
    .updateTable('open_arbitration')
    .set({
      escalated: true,
      since: sql<Date>`clock_timestamp()`,
      holder: null,
      token: null,
      until: null,
    })
    .where('page_id', '=', pageId)
    .execute()
}
