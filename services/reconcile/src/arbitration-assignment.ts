import type {
  ArbitrationAssignment,
  BookLayouts,
  FormReference,
  Question,
} from '@songnhap/contracts'
import type { Seat } from './audits/audit-item.ts'
import type { PageCase, StoredQuestion } from './page-case.ts'
import { keyOf } from './place.ts'
import type { RecheckSeat } from './rechecks/recheck-item.ts'
import { showQuestion } from './show-question.ts'

const QUESTIONS_BYTES_MAX = 384 * 1024

/** An arbitration in somebody's hands. */
export interface HeldArbitration {
  readonly pageId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly layouts: BookLayouts | null
  readonly token: string
  readonly until: Date
  readonly escalated: boolean
  /** 0: the page's own arbitration; of a panel, on which turn's keying; or of a ruling asked once more. */
  readonly seat: 0 | Seat | RecheckSeat
  readonly turn: number
}

/** A held arbitration as the arbiter sees it: readings unnamed, in the order that was drawn. */
export function arbitrationAssignment(
  held: HeldArbitration,
  page: PageCase,
): ArbitrationAssignment {
  const questions = firstThatFit(openQuestions(page, held.escalated), (question) =>
    showQuestion(page, question),
  )
  return { ...withoutQuestions(held, page.form), questions }
}

export function withoutQuestions(
  { pageId, bookTitle, sequence, layouts, token, until, escalated }: HeldArbitration,
  form: FormReference,
): Omit<ArbitrationAssignment, 'questions'> {
  return {
    kind: 'arbitration',
    leaseToken: token,
    pageId,
    form: { name: form.name, version: form.version },
    bookTitle,
    sequence,
    ...(layouts === null ? {} : { layouts }),
    expiresAt: until.toISOString(),
    escalated,
  }
}

/** What is left out is handed with the next take, when these have been ruled on. */
export function firstThatFit<Q>(open: readonly Q[], show: (question: Q) => Question): Question[] {
  const shown: Question[] = []
  let bytes = 0
  for (const question of open) {
    const one = show(question)
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
