import { assertCounts } from '../assert-arguments.ts'
import type { Interval } from '../intervals/interval.ts'
import { poissonInterval } from '../intervals/poisson-interval.ts'
import type { Counted } from './fit-prior.ts'

/** What one operator did in one stratum: fields of one form, one name, one kind of book. */
export interface StratumCount extends Counted {
  readonly operator: string
  readonly stratum: string
}

export interface Standardised {
  readonly operator: string
  /** Errors made. */
  readonly observed: number
  /** Errors that the average operator would have made on the same fields. */
  readonly expected: number
  /** observed ÷ expected; null where none was expected. 1 is average, below is better. */
  readonly ratio: number | null
  /** Exact Poisson limits of the ratio, 95 %. */
  readonly interval: Interval | null
  /** (O + 20) ÷ (E + 20): near 1 until there is evidence. */
  readonly shrunk: number
}

const SHRINK_BY = 20

/**
 * Errors against those that difficulty alone predicts: E = Σ n·p over strata with their pooled rates p,
 * ratio O/E. Who got the hard books is not blamed for them. Assumes that strata catch the difficulty, and
 * that each has several operators.
 *
 * N. E. Breslow, N. E. Day, Statistical Methods in Cancer Research II (1987), chapter 2 (standardised
 * ratios).
 */
export function standardise(counts: readonly StratumCount[]): Standardised[] {
  const pooled = new Map<string, { wrong: number; judged: number }>()
  for (const { stratum, wrong, judged } of counts) {
    assertCounts(wrong, judged)
    const pool = pooled.get(stratum) ?? { wrong: 0, judged: 0 }
    pooled.set(stratum, { wrong: pool.wrong + wrong, judged: pool.judged + judged })
  }
  const operators = new Map<string, { observed: number; expected: number }>()
  for (const { operator, stratum, wrong, judged } of counts) {
    const sum = operators.get(operator) ?? { observed: 0, expected: 0 }
    const pool = pooled.get(stratum)
    const rate = pool === undefined || pool.judged === 0 ? 0 : pool.wrong / pool.judged
    operators.set(operator, {
      observed: sum.observed + wrong,
      expected: sum.expected + judged * rate,
    })
  }
  return [...operators].map(([operator, { observed, expected }]) => ({
    operator,
    observed,
    expected,
    ...errorRatio(observed, expected),
  }))
}

/** Observed ÷ expected errors with exact limits, and shrunk towards 1. */
export function errorRatio(observed: number, expected: number) {
  const some = expected > 0
  return {
    ratio: some ? observed / expected : null,
    interval: some ? poissonInterval(observed, expected) : null,
    shrunk: (observed + SHRINK_BY) / (expected + SHRINK_BY),
  }
}
