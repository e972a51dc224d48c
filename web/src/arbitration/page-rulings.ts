import type { Question, Ruling } from '@songnhap/contracts'

/** What an arbiter has decided of a page that is not sent yet; kept sealed like a draft. */
export interface PageRulings {
  readonly pageId: string
  /** Made with the first ruling, so that a page can never be sent as two. */
  readonly submissionId: string
  readonly given: readonly Given[]
}

interface Given {
  readonly ruling: Ruling
  /** Grows with every ruling of this arbiter: the greatest is the last, whatever the page. */
  readonly number: number
}

export function rulingOn(
  rulings: PageRulings | undefined,
  { questionId }: Pick<Question, 'questionId'>,
): Ruling | undefined {
  return rulings?.given.find(({ ruling }) => ruling.questionId === questionId)?.ruling
}

/** Of two rulings on one question the later one stands. */
export function withRuling(
  before: PageRulings | undefined,
  pageId: string,
  ruling: Ruling,
  number: number,
): PageRulings {
  const { submissionId = crypto.randomUUID(), given = [] } = before ?? {}
  const others = given.filter((one) => one.ruling.questionId !== ruling.questionId)
  return { pageId, submissionId, given: [...others, { ruling, number }] }
}

export function withoutRuling(before: PageRulings, questionId: string): PageRulings {
  return { ...before, given: before.given.filter(({ ruling }) => ruling.questionId !== questionId) }
}

/** Whether nothing of these questions is open. */
export function isDecided(
  rulings: PageRulings | undefined,
  questions: readonly Pick<Question, 'questionId'>[],
): boolean {
  return questions.length > 0 && questions.every((one) => rulingOn(rulings, one) !== undefined)
}

/** In the order of the questions, and only of those that are asked. */
export function rulingsToSend(
  rulings: PageRulings | undefined,
  questions: readonly Pick<Question, 'questionId'>[],
): Ruling[] {
  return questions.flatMap((question) => rulingOn(rulings, question) ?? [])
}

/** The last ruling of all, with its page. */
export function lastGiven(all: Iterable<PageRulings>) {
  const found = [...all].flatMap(({ pageId, given }) => given.map((one) => ({ ...one, pageId })))
  return found.reduce<(typeof found)[number] | undefined>(
    (last, one) => (last === undefined || one.number > last.number ? one : last),
    undefined,
  )
}
