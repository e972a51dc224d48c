/** Everything that is told of one typist, from what was counted. Pure. */
import type { OperatorFigures, PaceFigures } from '@songnhap/contracts'
import { designEffect, JUDGED_MIN, type Prior } from '@songnhap/statistics'
import {
  type CutOff,
  correctedFigure,
  countFigure,
  exactFigure,
  plainFigure,
  rateFigure,
  ratioFigure,
  shrunkFigure,
} from './figures.ts'
import type { FieldTally, OperatorTally } from './operator-tally.ts'
import { type ExpectedRates, expectedErrors } from './strata.ts'
import type { Trend } from './trend.ts'

export interface Basis {
  readonly cutOff: CutOff
  readonly prior: Prior
  readonly coincidence: number
  readonly arbiterError: number
  /** What arbitration saw of everybody of the scope. */
  readonly seenOfAll: { readonly judged: number; readonly wrong: number }
  readonly rates: ExpectedRates
  /** How errors come together on pages, of everybody: what a trend's limit is multiplied by. */
  readonly pageEffect: number
  readonly kept: (operatorId: string) => KeptApart
}

/** What no rate is made of, and is told beside: it is few, and known for certain. */
export interface KeptApart {
  /** Fields that both had agreed on and an audit looked at. */
  readonly agreed: { readonly judged: number; readonly wrong: number }
  /** Fields of known-answer pages. */
  readonly known: { readonly judged: number; readonly wrong: number }
}

const MS_AN_HOUR = 3_600_000
const MS = 1000

/** Nobody is told apart by 299 fields: then there is no rate at all, and no speed without one. */
export function ratesOf(tally: OperatorTally, cutOff: CutOff) {
  const { pages, records, judged, unjudged, wrong, major, readings, marks, carried } = tally
  const { left_out: leftOut, made_up: madeUp, slips } = tally
  const enough = judged >= JUDGED_MIN
  const rowErrors = leftOut + madeUp + slips
  const rows = records + leftOut + madeUp
  return {
    enough,
    pages,
    records,
    judged,
    unjudged,
    rate: enough ? rateFigure(wrong, judged, cutOff, pageEffect(tally)) : null,
    major: enough ? rateFigure(major, judged, cutOff, pageEffect(tally)) : null,
    rows: { leftOut, madeUp, slips, rate: enough ? countFigure(rowErrors, rows, cutOff) : null },
    marks: enough && readings > 0 ? plainFigure(marks, readings, cutOff) : null,
    carried: enough && readings > 0 ? plainFigure(carried, readings, cutOff) : null,
    pace: enough ? paceOf(tally) : null,
  }
}

/** Of everybody with enough, by their pages; each about the own rate, as people differing is another matter. */
export function usualPageEffect(tallies: readonly OperatorTally[]): number {
  const counted = tallies.filter(({ judged }) => judged >= JUDGED_MIN)
  const pages = counted.reduce((sum, one) => sum + one.pages, 0)
  if (pages === 0) return 1
  return counted.reduce((sum, one) => sum + one.pages * pageEffect(one), 0) / pages
}

/** Errors come together on pages that are hard to read. */
function pageEffect({ pages, judged, wrong, ...tally }: OperatorTally): number {
  return designEffect({
    pages,
    judged,
    wrong,
    judgedSquares: tally.judged_squares,
    wrongSquares: tally.wrong_squares,
    judgedByWrong: tally.judged_by_wrong,
  })
}

function paceOf({ timed_records: records, active_ms: ms, keys, erased, ...tally }: OperatorTally) {
  if (records === 0) return null
  const hours = ms / MS_AN_HOUR
  const fieldsARecord = tally.records > 0 ? tally.readings / tally.records : null
  const pace: PaceFigures = {
    records,
    activeSeconds: ms / MS,
    perActiveHour: hours > 0 ? records / hours : null,
    fieldsPerHour: hours > 0 && fieldsARecord !== null ? (records / hours) * fieldsARecord : null,
    keysPerHour: hours > 0 ? keys / hours : null,
    erasedShare: keys > 0 ? erased / keys : null,
  }
  return pace
}

export function figuresOf(
  tally: OperatorTally,
  { cutOff, prior, coincidence, arbiterError, seenOfAll, rates, kept }: Basis,
  trend: Trend | null,
): Omit<OperatorFigures, 'rank'> {
  const { operatorId, judged, wrong, audited, fields } = tally
  const { agreed, known } = kept(operatorId)
  const told = {
    ...ratesOf(tally, cutOff),
    agreed: exactFigure(agreed.wrong, agreed.judged, cutOff),
    known: exactFigure(known.wrong, known.judged, cutOff),
  }
  if (!told.enough) {
    return { operatorId, ...told, corrected: null, shrunk: null, ratio: null, trend: null }
  }
  // What only an audit found is seen already, and not to be counted a second time.
  const seen = wrong - audited
  const others = seenOfAll.judged - judged
  const partnersRate = others > 0 ? (seenOfAll.wrong - seen) / others : seen / judged
  const unseen = { arbiterError, partnersRate, coincidence }
  return {
    operatorId,
    ...told,
    corrected: correctedFigure(seen, judged, unseen, cutOff, pageEffect(tally)),
    shrunk: shrunkFigure(wrong, judged, prior, cutOff),
    ratio: ratioFigure(wrong, expectedErrors(fields, rates), cutOff),
    trend: trend && withoutDays(trend),
  }
}

function withoutDays({ days: _, ...trend }: Trend): OperatorFigures['trend'] {
  return trend
}

/** By the upper bound, never by the rate, which favours whoever did little. */
export function ranked(operators: readonly Omit<OperatorFigures, 'rank'>[]): OperatorFigures[] {
  const bounds = operators.flatMap(({ shrunk }) => shrunk?.high ?? []).toSorted((a, b) => a - b)
  return operators.map((one) => {
    const bound = one.shrunk?.high ?? null
    return { ...one, rank: bound === null ? null : 1 + bounds.indexOf(bound) }
  })
}

export function fieldFigures(field: FieldTally, rates: ExpectedRates, cutOff: CutOff) {
  const { judged, wrong } = field
  const enough = judged >= JUDGED_MIN
  const ratio = enough ? ratioFigure(wrong, expectedErrors([field], rates), cutOff) : null
  return { ...fieldOfAll(field, cutOff), ratio }
}

/** Also of all typists together: of 299 fields nothing is told of anything. */
export function fieldOfAll(field: FieldTally, cutOff: CutOff) {
  const { field: name, class: fieldClass, judged, unjudged, wrong } = field
  const rate = judged >= JUDGED_MIN ? rateFigure(wrong, judged, cutOff) : null
  return { field: name, class: fieldClass, judged, unjudged, rate }
}

export function classFigures(fields: readonly FieldTally[], cutOff: CutOff) {
  return [...Map.groupBy(fields, (field) => field.class)].map(([fieldClass, own]) => {
    const [wrong, judged] = (['wrong', 'judged'] as const).map((what) =>
      own.reduce((sum, field) => sum + field[what], 0),
    )
    const rate =
      wrong !== undefined && judged !== undefined && judged >= JUDGED_MIN
        ? rateFigure(wrong, judged, cutOff)
        : null
    return { class: fieldClass, judged: judged ?? 0, rate }
  })
}
