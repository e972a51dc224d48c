/** A page's case without a database: compared, ruled on, keyed again. */
import { randomUUID } from 'node:crypto'
import type { FormDefinition, Ruling, TypedRecords, Verdict } from '@songnhap/contracts'
import { SMALL_FORM } from '@songnhap/testkit'
import { openQuestions } from '../src/arbitration-assignment.ts'
import { compareRound, NOTHING_DECIDED } from '../src/compare-round.ts'
import {
  advance,
  askWhatIsOpen,
  type Draw,
  newWants,
  openCase,
  type PageCase,
  ruleOn,
  type StoredQuestion,
} from '../src/page-case.ts'
import { type KeptReading, pageSide, type Want } from '../src/page-side.ts'

function drawing(swapped: boolean): Draw {
  return (readings) => {
    return { questionId: randomUUID(), swapped, thirdAt: readings === 3 ? 1 : null }
  }
}

export function caseOf(
  first: TypedRecords,
  second: TypedRecords,
  { form = SMALL_FORM, swapped = false }: { form?: FormDefinition; swapped?: boolean } = {},
): PageCase {
  const reading = (pass: 1 | 2, records: TypedRecords): KeptReading => {
    return { entryId: `entry ${pass}`, personId: `typist ${pass}`, pass, turn: 1, records }
  }
  const [one, two] = [reading(1, first), reading(2, second)] as const
  const sides = [pageSide(one, [], []), pageSide(two, [], [])] as const
  const page = openCase({
    pageId: 'page',
    campaignId: 'campaign',
    newForm: null,
    form,
    revision: 0,
    readings: [one, two],
    wanted: [],
    entryIds: [one.entryId, two.entryId],
    round: compareRound(form, sides, NOTHING_DECIDED),
    asked: [],
    rulings: [],
    putRight: [],
    cellsTurn: 0,
    third: null,
  })
  return askWhatIsOpen(page, drawing(swapped))
}

/** The case after these rulings, with all that follows from them. */
export function rule(page: PageCase, rulings: readonly Ruling[], swapped = false): PageCase {
  return advance(ruleOn(page, rulings), drawing(swapped))
}

/** What was wanted is said to be, and somebody keys it. */
export function keyWanted(
  page: PageCase,
  keyed: (want: Want) => TypedRecords,
  swapped = false,
): PageCase {
  const wants = newWants(page)
  const readings = wants.map((want): KeptReading => {
    const { pass, turn } = want
    const by = `${pass} ${turn}`
    return { entryId: `entry ${by}`, personId: `typist ${by}`, pass, turn, records: keyed(want) }
  })
  const come = openCase({
    ...page,
    wanted: [...page.wanted, ...wants],
    readings: [...page.readings, ...readings],
  })
  return advance(come, drawing(swapped))
}

export interface Play {
  /** What the arbiter (then, of what was passed on, the supervisor) says of a question. */
  readonly verdict: (question: StoredQuestion, page: PageCase, escalated: boolean) => Ruling
  /** Which of the open questions are ruled on next; one at least. */
  readonly pick: (open: readonly StoredQuestion[]) => readonly StoredQuestion[]
  readonly keyed: (want: Want) => TypedRecords
  readonly swapped?: boolean
}

const STEPS_MAX = 500

/** Plays a page until it is settled, and fails where it never is. */
export function playPage(
  start: PageCase,
  { verdict, pick, keyed, swapped = false }: Play,
): PageCase {
  let page = start
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const { state } = page
    if (state.kind === 'settled') return page
    if (state.kind === 'lacking') page = keyWanted(page, keyed, swapped)
    else {
      const escalated = openQuestions(page, false).length === 0
      const open = pick(openQuestions(page, escalated))
      page = rule(
        page,
        open.map((question) => verdict(question, page, escalated)),
        swapped,
      )
    }
  }
  throw new Error('a page is never settled')
}

export function verdictOf(questionId: string, verdict: Verdict): Ruling {
  return { questionId, verdict }
}
