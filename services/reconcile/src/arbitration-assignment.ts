import type { ArbitrationAssignment, Question } from '@songnhap/contracts'
import type { AskedQuestion, PageCase } from './page-case.ts'

const QUESTIONS_BYTES_MAX = 384 * 1024

/** An arbitration in somebody's hands. */
export interface HeldArbitration {
  readonly pageId: string
  readonly token: string
  readonly until: Date
  readonly escalated: boolean
}

/** A held arbitration as the arbiter sees it: readings unnamed, in the order that was drawn. */
export function arbitrationAssignment(
  { pageId, token, until, escalated }: HeldArbitration,
  page: PageCase,
): ArbitrationAssignment {
  const { form } = page.compared
  return {
    kind: 'arbitration',
    leaseToken: token,
    pageId,
    form: { name: form.name, version: form.version },
    bookTitle: page.bookTitle,
    sequence: page.sequence,
    expiresAt: until.toISOString(),
    escalated,
    questions: firstThatFit(openQuestions(page, escalated).map(asSeenByArbiter)),
  }
}

/** What is left out is handed with the next take, when these have been ruled on. */
function firstThatFit(questions: readonly Question[]): Question[] {
  let bytes = 0
  return questions.filter((question, index) => {
    bytes += Buffer.byteLength(JSON.stringify(question))
    return index === 0 || bytes <= QUESTIONS_BYTES_MAX
  })
}

/** At first everything not ruled on; after escalation what is left, in the same order. */
export function openQuestions(page: PageCase, escalated: boolean): AskedQuestion[] {
  const { state } = page
  if (state.kind === 'settled') return []
  return page.questions.filter(({ record, field }) =>
    state.open.some(
      (open) => open.record === record && open.field === field && (escalated || !open.escalated),
    ),
  )
}

function asSeenByArbiter({
  questionId,
  record,
  field,
  swapped,
  difference,
  note,
}: AskedQuestion): Question {
  const [first, second] = difference.readings
  const [hasFirst, hasSecond] = difference.present
  return {
    questionId,
    record,
    field,
    class: difference.outcome.class,
    reason: difference.outcome.reason,
    readings: swapped ? [second, first] : [first, second],
    present: swapped ? [hasSecond, hasFirst] : [hasFirst, hasSecond],
    ...(note === null ? {} : { note }),
  }
}
