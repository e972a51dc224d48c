/** What somebody keyed of a known-answer page, held against its answer. Pure. */
import { type Contents, pairRecords } from '@songnhap/comparators'
import type { FormDefinition, TypedRecords } from '@songnhap/contracts'
import { BOTH_ACCEPTABLE } from '../accuracy/both-acceptable.ts'
import { errorIn, isGuess } from '../accuracy/judge-readings.ts'
import { byPlace } from '../compare-round.ts'
import type { SettledRecordValues } from '../compared.ts'
import { valuesAbove } from '../settle-dittos.ts'

export interface AnswerJudgement {
  readonly judged: number
  readonly wrong: number
  readonly major: number
  readonly leftOut: number
  readonly madeUp: number
}

/** As readings of settled pages are judged; a record that is there on one side only is one error of its own. */
export function judgeAnswer(
  form: FormDefinition,
  answer: readonly SettledRecordValues[],
  typed: TypedRecords,
): AnswerJudgement {
  const truth = answer.map(({ values }): Contents => values)
  const pairs = pairRecords(form, truth, typed).pairs ?? byPlace(truth.length, typed.length)
  const sum = { judged: 0, wrong: 0, major: 0, leftOut: 0, madeUp: 0 }
  for (const [at, row] of pairs) {
    if (at === null) sum.madeUp += 1
    else if (row === null) sum.leftOut += 1
    else judgeRecord(form, answer, at, typed[row] ?? {}, sum)
  }
  return sum
}

function judgeRecord(
  form: FormDefinition,
  answer: readonly SettledRecordValues[],
  at: number,
  readings: TypedRecords[number],
  sum: { judged: number; wrong: number; major: number },
): void {
  const { record = 0, values = {} } = answer[at] ?? {}
  const above = valuesAbove(form, record, answer[at - 1])
  for (const field of form.fields) {
    const [reading, settled] = [readings[field.name], values[field.name]]
    // Of two that are both acceptable nobody knows which one stands there.
    if (reading === undefined || settled === undefined) continue
    if (isGuess(reading, settled) || BOTH_ACCEPTABLE.has(settled.rule)) continue
    sum.judged += 1
    const error = errorIn(form, field, reading, values, above)
    if (error !== null) sum.wrong += 1
    if (error?.isMajor === true) sum.major += 1
  }
}
