import type { ArbitrationAssignment, Question, RowPairs, TypedRecords } from '@songnhap/contracts'
import { type Confusion, confusionOf } from './confusion.ts'

/** One question with the page it is about. */
export interface Case {
  readonly assignment: ArbitrationAssignment
  readonly question: Question
}

/** Both entries of a page, fetched because its records seem to be paired wrongly. */
export interface ShownEntries {
  readonly questionId: string
  readonly entries: readonly [TypedRecords, TypedRecords]
  readonly pairs: RowPairs
}

/** Equal confusions of a book, lined up one after the other. */
export interface LineUp {
  readonly bookTitle: string
  readonly confusion: Confusion
}

export function casesOf(assignments: readonly ArbitrationAssignment[]): Case[] {
  return assignments.flatMap((assignment) =>
    assignment.questions.map((question) => ({ assignment, question })),
  )
}

export function isLinedUp({ assignment, question }: Case, lineUp: LineUp): boolean {
  return (
    assignment.bookTitle === lineUp.bookTitle && confusionOf(question)?.key === lineUp.confusion.key
  )
}

/**
 * What is asked next: what is lined up, then what is left of the page at hand from the question that
 * was decided on, then the pages in their order.
 */
export function nextCase(
  cases: readonly Case[],
  isOpen: (one: Case) => boolean,
  at: Pick<Question, 'questionId'> | undefined,
  lineUp: LineUp | undefined,
): Case | undefined {
  const open = cases.filter(isOpen)
  const lined = lineUp && open.find((one) => isLinedUp(one, lineUp))
  if (lined !== undefined) return lined
  const place = cases.findIndex(({ question }) => question.questionId === at?.questionId)
  const here = cases[place]?.assignment.pageId
  const ofPage = open.filter(({ assignment }) => assignment.pageId === here)
  return ofPage.find((one) => cases.indexOf(one) > place) ?? ofPage[0] ?? open[0]
}

/** Another question of the page at hand, decided or not. */
export function neighbourOf(
  cases: readonly Case[],
  at: Case | undefined,
  by: -1 | 1,
): Case | undefined {
  const ofPage = cases.filter(({ assignment }) => assignment.pageId === at?.assignment.pageId)
  const place = ofPage.findIndex(({ question }) => question.questionId === at?.question.questionId)
  return ofPage[place + by]
}
