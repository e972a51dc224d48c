import {
  type submitRulings as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type Ruling,
  rulingMade,
} from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import { uuidv7 } from 'uuidv7'
import { openQuestions } from './arbitration-assignment.ts'
import { lockArbitration } from './arbitration-lease.ts'
import { arbitrationOf } from './arbitration-of.ts'
import { submitPanelRulings } from './audits/submit-panel-rulings.ts'
import { checkRuling } from './check-ruling.ts'
import { draw } from './compare-entries.ts'
import { loadPageCase } from './load-page-case.ts'
import { advance, type PageCase, ruleOn, type StoredQuestion } from './page-case.ts'
import { isAboutPage } from './place.ts'
import { submitRecheckRulings } from './rechecks/submit-recheck-rulings.ts'
import type { DB } from './schema.gen.ts'
import { countRulings } from './seats/count-rulings.ts'
import { findAnswer } from './seats/find-answer.ts'
import { realigning, recordAt } from './show-question.ts'
import { storeRulingTime } from './store-ruling-time.ts'
import { type RuledQuestion, storeRulings } from './store-rulings.ts'
import { storeSteps } from './store-steps.ts'
import { swapPairs } from './swap.ts'

type Submission = RequestOf<typeof contract>

/**
 * Stores rulings on some or all questions of an arbitration, once a submission, and settles the
 * page when nothing is open any more. Questions that the arbiter passed on go to a supervisor.
 */
export async function submitRulings(
  ledger: Ledger<DB>,
  handedOver: () => void,
  submission: Submission,
): Promise<ReplyOf<typeof contract>> {
  const { submissionId, rulings } = submission
  return await ledger.change(async (change) => {
    const lease = await lockArbitration(change.trx, submission)
    const { pageId, escalated, seat, isOpen } = lease
    if (seat === 4 || seat === 5) {
      return await submitRecheckRulings(change, { ...lease, seat }, submission, handedOver)
    }
    if (seat !== 0) {
      return await submitPanelRulings(change, { ...lease, seat }, submission, handedOver)
    }
    const answered = await findAnswer(change.trx, submission, pageId)
    if (answered !== undefined) return { submissionId, open: answered }
    if (!isOpen) throw new Problem('LEASE_ENDED')

    const before = await loadPageCase(change.trx, pageId)
    const ruled = matchRulings(before, escalated, rulings)
    const after = advance(ruleOn(before, rulings), draw)
    const isStill = (arbitrationOf(after) === 'supervisors') === escalated
    const open = isStill ? openQuestions(after, escalated).length : 0
    await storeRulings(change.trx, { submission, escalated, ruled, after, open })
    await storeRulingTime(change, before, submission)
    tell(change, before, submission, ruled)
    await storeSteps(change, [{ before, after }], handedOver)
    // What was passed on, or came back, is for somebody else now.
    if (!isStill) change.afterCommit(handedOver)
    return { submissionId, open }
  })
}

/** Each ruling with its question; a submission of which one does not fit is refused. */
function matchRulings(
  page: PageCase,
  escalated: boolean,
  rulings: readonly Ruling[],
): RuledQuestion[] {
  const open = openQuestions(page, escalated)
  const ruled = rulings.map((ruling) => ({
    rulingId: uuidv7(),
    ruling,
    question: questionOf(page, open, ruling),
  }))
  const findings = ruled.flatMap(({ question, ruling }) =>
    checkRuling(page, question, ruling, escalated),
  )
  if (new Set(rulings.map((ruling) => ruling.questionId)).size < rulings.length) {
    findings.push('one question is ruled on twice')
  }
  if (findings.length > 0) throw new Problem('RULING_INVALID', findings)
  return ruled
}

function questionOf(
  page: PageCase,
  open: readonly StoredQuestion[],
  { questionId, verdict }: Ruling,
): StoredQuestion {
  const question = open.find((asked) => asked.questionId === questionId)
  if (question !== undefined) return question
  const pairing = realigning(page)
  // Nobody asked, and an arbiter has seen that rows are paired wrongly.
  if (pairing?.questionId === questionId && verdict === 'aligned') return pairing
  const known = page.asked.some((asked) => asked.questionId === questionId)
  throw known ? new Problem('RULED_ALREADY') : new Problem('RULING_INVALID', ['unknown question'])
}

function tell(
  { say, count }: Change<DB>,
  { pageId, campaignId: scope, round }: PageCase,
  { personId, rulings }: Submission,
  ruled: readonly RuledQuestion[],
): void {
  for (const { rulingId, ruling, question } of ruled) {
    say(rulingMade, {
      rulingId,
      questionId: ruling.questionId,
      pageId,
      record: isAboutPage(question) ? 0 : recordAt(round.pairs, question.rows),
      field: question.field,
      kind: question.kind,
      rows: [question.rows[0], question.rows[1]],
      arbiterId: personId,
      verdict: ruling.verdict,
      swapped: question.swapped,
      ...(question.thirdAt === null ? {} : { thirdAt: question.thirdAt }),
      ...(question.agreed ? { agreed: true as const } : {}),
      ...(ruling.pairs === undefined
        ? {}
        : { pairs: question.swapped ? swapPairs(ruling.pairs) : ruling.pairs }),
      ...(ruling.value === undefined ? {} : { value: ruling.value }),
    })
  }
  // Of three readings, which is taken first says nothing by the measure of two.
  const onFields = ruled.flatMap(({ question, ruling }) =>
    question.kind === 'field' && question.thirdAt === null ? [ruling] : [],
  )
  const passedOn = rulings.filter(({ verdict }) => verdict === 'escalate').length
  count([
    { scope, subject: personId, measure: 'rulings', amount: rulings.length },
    ...countRulings(scope, personId, rulings, onFields),
    { scope, subject: personId, measure: 'escalated', amount: passedOn },
  ])
}
