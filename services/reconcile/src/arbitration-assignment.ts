import type { ArbitrationAssignment, Question } from '@songnhap/contracts'
import type { PageCase, StoredQuestion } from './page-case.ts'
import { keyOf } from './place.ts'
import { showQuestion } from './show-question.ts'

const QUESTIONS_BYTES_MAX = 384 * 1024

/** An arbitration in somebody's hands. */
export interface HeldArbitration {
  readonly pageId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly token: string
  readonly until: Date
  readonly escalated: boolean
}

/** A held arbitration as the arbiter sees it: readings unnamed, in the order that was drawn. */
export function arbitrationAssignment(
  { pageId, bookTitle, sequence, token, until, escalated }: HeldArbitration,
  page: PageCase,
): ArbitrationAssignment {
  const { form } = page
  return {
    kind: 'arbitration',
    leaseToken: token,
    pageId,
    form: { name: form.name, version: form.version },
    bookTitle,
    sequence,
    expiresAt: until.toISOString(),
    escalated,
    questions: firstThatFit(page, openQuestions(page, escalated)),
  }
}

/** What is left out is handed with the next take, when these have been ruled on. */
function firstThatFit(page: PageCase, open: readonly StoredQuestion[]): Question[] {
  const shown: Question[] = []
  let bytes = 0
  for (const question of open) {
    const one = showQuestion(page, question)
    bytes += Buffer.byteLength(JSON.stringify(one))
    if (shown.length > 0 && bytes > QUESTIONS_BYTES_MAX) break
    shown.push(one)
  }
  return shown
}

/**
 * At first everything not ruled on; after escalation what is left. In the order of the page, records
 * before fields.
 */
export function openQuestions(page: PageCase, escalated: boolean): StoredQuestion[] {
  const { state, asked } = page
  if (state.kind !== 'open') return []
  const byKey = new Map(asked.map((question) => [keyOf(question), question]))
  const open = state.open.flatMap((one) => {
    const question = byKey.get(keyOf(one.place))
    if (question === undefined) throw new Error('what is open was not asked')
    return escalated || !one.escalated ? [question] : []
  })
  const fields = open.filter(({ kind }) => kind === 'field')
  return [...open.filter(({ kind }) => kind !== 'field'), ...fields]
}
