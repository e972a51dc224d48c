/** What reconcile tells of people of whom too little was judged: everything that has to be there. */
import type { ReplyOf, readOperator, readOperators } from '@songnhap/contracts'

export const TOLD_AT = '2026-03-02T01:02:03.000Z'
const BASIS = {
  asOf: TOLD_AT,
  truth: 3,
  prior: { alpha: 1.5, beta: 148.5, source: 'start' },
  coincidence: { value: 0.117, source: 'start', numerator: 0, denominator: 0 },
} as const

function figuresOf(operatorId: string): ReplyOf<typeof readOperator>['figures'] {
  return {
    operatorId,
    enough: false,
    pages: 1,
    records: 2,
    judged: 10,
    unjudged: 0,
    rate: null,
    major: null,
    rows: { leftOut: 0, madeUp: 0, slips: 0, rate: null },
    marks: null,
    carried: null,
    pace: null,
    corrected: null,
    shrunk: null,
    rank: null,
    ratio: null,
    trend: null,
  }
}

export function operatorsTold(personIds: readonly string[]): ReplyOf<typeof readOperators> {
  return {
    ...BASIS,
    typists: personIds.map(figuresOf),
    arbiters: personIds.slice(0, 1).map((arbiterId) => ({
      arbiterId,
      rulings: 3,
      escalated: 1,
      secondsPerRuling: null,
      firstChosen: null,
      orderBias: null,
    })),
    more: false,
  }
}

export function operatorTold(operatorId: string): ReplyOf<typeof readOperator> {
  const none = { fields: [], classes: [], days: [], confusions: [], charges: [], more: false }
  return { ...BASIS, figures: figuresOf(operatorId), ...none }
}
