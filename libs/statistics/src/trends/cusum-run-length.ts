import { assertPositive } from '../assert-arguments.ts'
import { CUSUM_LIMIT, cusumWeights } from './risk-adjusted-cusum.ts'

export interface CusumRun {
  /** The rate of errors that the chart expects. */
  readonly expected: number
  /** The odds of an error by which the fields really are worse than expected: 1 is in control. */
  readonly timesOdds: number
  readonly limit?: number
  /** The odds ratio that the chart looks for. */
  readonly oddsRatio?: number
}

const ODDS_RATIO = 2
const STATES_MAX = 100_000

/**
 * After how many fields the risk-adjusted CUSUM signals on average: the mean time to absorption of a
 * Markov chain with a state for every step that a right field takes. An error leaps up over `leap` of
 * them, which is shared between the two whole numbers next to it. L(s) = 1 + (1−q)·L(s−1) + q·L(s+leap)
 * has one diagonal below and is solved from the bottom.
 *
 * D. Brook, D. A. Evans, Biometrika 59 (1972), 539–549.
 */
export function cusumRunLength({
  expected,
  timesOdds,
  limit = CUSUM_LIMIT,
  oddsRatio = ODDS_RATIO,
}: CusumRun): number {
  assertPositive('timesOdds', timesOdds)
  assertPositive('limit', limit)
  const weights = cusumWeights(expected, oddsRatio)
  const step = -weights.right
  const states = Math.ceil(limit / step)
  if (states > STATES_MAX) {
    throw new RangeError('expected is too small for this limit: more than 100,000 states')
  }
  const leap = weights.wrong / step
  const odds = (timesOdds * expected) / (1 - expected)
  return firstOf(states, leap, odds / (1 + odds))
}

/** The equations in ascending order of states: each row is kept by its offsets from the diagonal. */
function firstOf(states: number, leap: number, rate: number): number {
  const [lower, share] = [Math.floor(leap), leap - Math.floor(leap)]
  const width = lower + 2
  const rows = new Float64Array(states * width)
  const right = new Float64Array(states).fill(1)
  for (let state = 0; state < states; state += 1) {
    const row = state * width
    add(rows, row, state === 0 ? rate : 1)
    if (state + lower < states) add(rows, row + lower, -rate * (1 - share))
    if (state + lower + 1 < states) add(rows, row + lower + 1, -rate * share)
    if (state === 0) continue
    // What a right field leads to, one state below, is taken out with the row above it.
    const above = row - width
    const factor = -(1 - rate) / (rows[above] ?? 1)
    for (let offset = 1; offset < width; offset += 1) {
      add(rows, row + offset - 1, -factor * (rows[above + offset] ?? 0))
    }
    add(right, state, -factor * (right[state - 1] ?? 0))
  }
  for (let state = states - 1; state >= 0; state -= 1) {
    const row = state * width
    let sum = right[state] ?? 0
    for (let offset = 1; offset < width && state + offset < states; offset += 1) {
      sum -= (rows[row + offset] ?? 0) * (right[state + offset] ?? 0)
    }
    right[state] = sum / (rows[row] ?? 1)
  }
  return right[0] ?? 0
}

function add(values: Float64Array, at: number, amount: number): void {
  values[at] = (values[at] ?? 0) + amount
}
