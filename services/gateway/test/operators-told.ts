/** What reconcile tells of people of whom too little was judged: everything that has to be there. */
import type {
  ArbiterChecks,
  ArbiterFigures,
  Figure,
  ReplyOf,
  readField,
  readOperator,
  readOperators,
} from '@songnhap/contracts'

export const TOLD_AT = '2026-03-02T01:02:03.000Z'
const BASIS = {
  asOf: TOLD_AT,
  truth: 3,
  prior: { alpha: 1.5, beta: 148.5, source: 'start' },
  coincidence: { value: 0.117, source: 'start', numerator: 0, denominator: 0 },
  arbiterError: { value: 0, source: 'start', numerator: 0, denominator: 0 },
} as const

const NOTHING_CHECKED: Figure = {
  value: null,
  numerator: 0,
  denominator: 0,
  low: null,
  high: null,
  method: 'binomial',
  confidence: 0.95,
  asOf: TOLD_AT,
  truth: 3,
}

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
    agreed: NOTHING_CHECKED,
    known: NOTHING_CHECKED,
  }
}

function arbiterOf(arbiterId: string): ArbiterFigures {
  return {
    arbiterId,
    rulings: 3,
    escalated: 1,
    secondsPerRuling: null,
    firstChosen: null,
    orderBias: null,
  }
}

export function arbiterToldOf(arbiterId: string): ArbiterChecks {
  const nothing = NOTHING_CHECKED
  return {
    ...arbiterOf(arbiterId),
    medianSeconds: null,
    secondChecked: 4,
    secondPassedOn: 4,
    disagreement: nothing,
    error: nothing,
    overturned: { ...nothing, value: 0, denominator: 4, low: 0, high: 0.6 },
    appeals: nothing,
    audited: nothing,
  }
}

export function operatorsTold(personIds: readonly string[]): ReplyOf<typeof readOperators> {
  return {
    ...BASIS,
    typists: personIds.map(figuresOf),
    fields: [],
    arbiters: personIds.slice(0, 1).map(arbiterOf),
    more: false,
  }
}

export function operatorTold(operatorId: string): ReplyOf<typeof readOperator> {
  const none = { fields: [], classes: [], days: [], confusions: [], charges: [], more: false }
  return { ...BASIS, figures: figuresOf(operatorId), ...none }
}

export function fieldTold(personIds: readonly string[]): ReplyOf<typeof readField> {
  const judged = { judged: 10, unjudged: 0, rate: null, ratio: null }
  return {
    asOf: TOLD_AT,
    truth: 3,
    field: 'hoTen',
    class: 'ordinary',
    judged: 20,
    unjudged: 0,
    rate: null,
    typists: personIds.map((operatorId) => ({ operatorId, ...judged })),
    confusions: [],
  }
}
