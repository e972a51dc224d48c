import type { ArbiterErrorTold, CoincidenceTold, PriorTold } from '@songnhap/contracts'
import { type Count, momentIn, readCounts, total } from '@songnhap/database'
import { COINCIDENCE_AT_START, fitPrior, PRIOR_AT_START } from '@songnhap/statistics'
import type { Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import type { CutOff } from './figures.ts'
import { type Narrow, narrowTally } from './narrow-tally.ts'
import { type Basis, usualPageEffect } from './operator-figures.ts'
import type { Scope } from './operator-scope.ts'
import { type OperatorTally, tallyOperators } from './operator-tally.ts'
import { readKeptApart } from './read-kept-apart.ts'
import { selectOperatorCounts } from './select-operator-counts.ts'
import { expectedRates } from './strata.ts'

type Counts = readonly Required<Count>[]

export interface ToldBasis extends Basis {
  readonly told: {
    readonly prior: PriorTold
    readonly coincidence: CoincidenceTold
    readonly arbiterError: ArbiterErrorTold
  } & CutOff
  /** All typists of the scope, of its days. */
  readonly operators: ReadonlyMap<string, OperatorTally>
  /** What is counted of the campaigns beside. */
  readonly counts: Counts
}

/** What every figure of a scope goes by. Difficulty goes by all days: it is the fields', not the people's. */
export async function readBasis(
  trx: Transaction<DB>,
  scope: Scope,
  narrow: Narrow = {},
): Promise<ToldBasis> {
  const asOf = (await momentIn(trx, 0)).toISOString()
  const operators = tallyOperators(await selectOperatorCounts(trx, scope), scope.formOf)
  const ofAllDays =
    scope.from === null && scope.to === null
      ? operators
      : tallyOperators(
          await selectOperatorCounts(trx, { ...scope, from: null, to: null }),
          scope.formOf,
        )
  const counts = await readCounts(trx, scope.campaignIds)
  const truth = total(counts, 'settlings')
  const narrowed = (of: typeof operators) =>
    new Map([...of].map(([operatorId, tally]) => [operatorId, narrowTally(tally, narrow)]))
  const prior = priorOf([...narrowed(ofAllDays).values()])
  const told = narrowed(operators)
  const audited = total(counts, 'audited-agreed')
  const alike = total(counts, 'audited-agreed-wrong')
  const coincidence = coincidenceOf([...ofAllDays.values()], { audited, alike })
  const arbiterError = arbiterErrorOf(counts)
  return {
    cutOff: { asOf, truth },
    prior,
    coincidence: coincidence.value,
    arbiterError: arbiterError.value,
    seenOfAll: seenOf([...told.values()]),
    rates: expectedRates([...ofAllDays.values()]),
    pageEffect: usualPageEffect([...ofAllDays.values()]),
    kept: await readKeptApart(trx, scope, counts),
    told: { asOf, truth, prior, coincidence, arbiterError },
    operators: told,
    counts,
  }
}

function priorOf(operators: readonly OperatorTally[]): PriorTold {
  const fitted = fitPrior(operators)
  if (fitted === null) return { ...PRIOR_AT_START, source: 'start' }
  return { alpha: fitted.alpha, beta: fitted.beta, source: 'fitted' }
}

const AUDITED_MIN = 300
/** So many errors speak for what is taken at the start: little, since forms and hands differ. */
const START_WEIGHT = 5
/** Fewer rulings that were checked say too little of whom arbiters wrong. */
const CHECKED_MIN = 200
/** Where rulings fall oftener, they tell nothing of who erred. */
const ARBITER_ERROR_MAX = 0.4

/**
 * How often both err alike, of those who err: what audits found in fields that were agreed on, against what
 * arbitration sees there. Drawn towards the start value as long as audits found little.
 */
export function coincidenceOf(
  operators: readonly Pick<OperatorTally, 'judged' | 'wrong' | 'audited'>[],
  { audited, alike }: { readonly audited: number; readonly alike: number },
): CoincidenceTold {
  const { judged, wrong } = seenOf(operators)
  const seen = judged === 0 ? 0 : (audited * wrong) / judged
  const parts = { numerator: alike, denominator: alike + seen }
  if (audited < AUDITED_MIN) return { value: COINCIDENCE_AT_START, source: 'start', ...parts }
  const value = (alike + START_WEIGHT * COINCIDENCE_AT_START) / (parts.denominator + START_WEIGHT)
  return { value, source: 'audits', ...parts }
}

/** What arbitration saw of all of them. */
function seenOf(operators: readonly Pick<OperatorTally, 'judged' | 'wrong' | 'audited'>[]) {
  return {
    judged: operators.reduce((sum, { judged }) => sum + judged, 0),
    wrong: operators.reduce((sum, { wrong, audited }) => sum + wrong - audited, 0),
  }
}

/** Of rulings that a second arbiter ruled on too, how many fell in the end. */
export function arbiterErrorOf(counts: Counts): ArbiterErrorTold {
  const denominator = total(counts, 'second-checked') - total(counts, 'second-passed-on')
  const numerator = total(counts, 'second-overturned')
  if (denominator < CHECKED_MIN) return { value: 0, source: 'start', numerator, denominator }
  const value = Math.min(ARBITER_ERROR_MAX, numerator / denominator)
  return { value, source: 'checks', numerator, denominator }
}
