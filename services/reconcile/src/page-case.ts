/** A compared page with its questions and rulings: its case file. Pure. */
import type { Difference } from '@songnhap/comparators'
import type { Ruling } from '@songnhap/contracts'
import {
  type Compared,
  type PageState,
  type Place,
  type PlacedRuling,
  settlePage,
} from './settle-page.ts'

export interface StoredQuestion extends Place {
  readonly questionId: string
  readonly swapped: boolean
}

export interface AskedQuestion extends StoredQuestion {
  readonly difference: Difference
  /** What the arbiter wrote who passed the question on. */
  readonly note: string | null
}

/** Everything that a ruling can turn on, as it is stored. */
export interface CaseFile {
  readonly pageId: string
  readonly campaignId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly ruleVersion: string
  readonly typists: readonly [string, string]
  readonly compared: Compared
  readonly asked: readonly StoredQuestion[]
  /** The last word on each question: an escalated ruling stands above the one that passed it on. */
  readonly rulings: readonly Ruling[]
}

export interface PageCase extends CaseFile {
  readonly questions: readonly AskedQuestion[]
  readonly state: PageState
}

export function openCase(file: CaseFile): PageCase {
  const questions = file.asked.map((question): AskedQuestion => {
    const { questionId, record, field } = question
    const difference = file.compared.differences.find(
      (d) => d.record === record && d.field === field,
    )
    if (difference === undefined) throw new Error('a question about nothing that differs')
    const passedOn = file.rulings.find((ruling) => ruling.questionId === questionId)
    return { ...question, difference, note: passedOn?.note ?? null }
  })
  const placed = file.rulings.map((ruling) => placeRuling(file.asked, ruling))
  return { ...file, questions, state: settlePage(file.compared, placed) }
}

/** The case as it is when these rulings, which fit it, are its last words. */
export function ruleOn(page: PageCase, rulings: readonly Ruling[]): PageCase {
  const ruled = new Set(rulings.map(({ questionId }) => questionId))
  const others = page.rulings.filter(({ questionId }) => !ruled.has(questionId))
  return openCase({ ...page, rulings: [...others, ...rulings] })
}

/** Where it stands on the page, and in terms of the two passes. */
function placeRuling(asked: readonly StoredQuestion[], ruling: Ruling): PlacedRuling {
  const question = asked.find(({ questionId }) => questionId === ruling.questionId)
  if (question === undefined) throw new Error('a ruling on nothing that was asked')
  const { record, field, swapped } = question
  return { ...ruling, record, field, verdict: swapped ? swap(ruling.verdict) : ruling.verdict }
}

function swap(verdict: Ruling['verdict']): Ruling['verdict'] {
  if (verdict === 'first') return 'second'
  return verdict === 'second' ? 'first' : verdict
}
