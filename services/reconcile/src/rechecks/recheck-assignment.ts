import type { ArbitrationAssignment, Question } from '@songnhap/contracts'
import { firstThatFit, type HeldArbitration, withoutQuestions } from '../arbitration-assignment.ts'
import type { PageCase } from '../page-case.ts'
import { showQuestion } from '../show-question.ts'
import type { RecheckedPage } from './load-rechecks.ts'
import { itemsFor, orderFor, type RecheckItem, type RecheckSeat } from './recheck-item.ts'

/** A ruling that is asked once more looks like any question that was never ruled on. */
export function recheckAssignment(
  held: HeldArbitration,
  seat: RecheckSeat,
  { page, open }: RecheckedPage,
): ArbitrationAssignment {
  const names = page.form.fields.map(({ name }) => name)
  const orderOf = ({ field }: RecheckItem) => names.indexOf(field.name)
  const items = itemsFor(open, seat).toSorted(
    (a, b) => a.record - b.record || orderOf(a) - orderOf(b),
  )
  const questions = firstThatFit(items, (item) => showItem(page, item, seat))
  return { ...withoutQuestions(held, page.form), questions }
}

/** Under an id of its own, by which its first ruling and that one's note are not found. */
function showItem(page: PageCase, item: RecheckItem, seat: RecheckSeat): Question {
  const { itemId: questionId, question, answers } = item
  const shown = showQuestion(page, { ...question, questionId, ...orderFor(item, seat) })
  const note = seat === 5 ? answers.find((answer) => answer.seat === 4)?.note : undefined
  return note === undefined ? shown : { ...shown, note }
}
