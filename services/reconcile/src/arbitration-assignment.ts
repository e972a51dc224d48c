import type { ArbitrationAssignment, Question } from '@songnhap/contracts'
import type { Transaction } from 'kysely'
import { type AskedQuestion, loadPageCase, type PageCase } from './page-case.ts'
import type { DB } from './schema.gen.ts'

const QUESTIONS_BYTES_MAX = 384 * 1024

/** A held arbitration as the arbiter sees it: readings unnamed, in the order that was drawn. */
export async function arbitrationAssignment(
  trx: Transaction<DB>,
  pageId: string,
): Promise<ArbitrationAssignment> {
  const held = await trx
    .selectFrom('open_arbitration as o')
    .innerJoin('page as p', 'p.page_id', 'o.page_id')
    .innerJoin('book as b', 'b.book_id', 'p.book_id')
    .select(['o.token', 'o.until', 'o.escalated', 'b.title', 'p.sequence'])
    .where('o.page_id', '=', pageId)
    .executeTakeFirstOrThrow()
  if (held.token === null || held.until === null) throw new Error('nobody holds this arbitration')
  const page = await loadPageCase(trx, pageId)
  const { form } = page.compared
  return {
    kind: 'arbitration',
    leaseToken: held.token,
    pageId,
    form: { name: form.name, version: form.version },
    bookTitle: held.title,
    sequence: held.sequence,
    expiresAt: held.until.toISOString(),
    escalated: held.escalated,
    questions: firstThatFit(openQuestions(page, held.escalated).map(asSeenByArbiter)),
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
