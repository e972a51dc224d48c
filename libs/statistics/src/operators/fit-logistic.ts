import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { assertCounts } from '../assert-arguments.ts'
import type { Counted } from './fit-prior.ts'

/** Fields that share what bears on them, and how many of them were wrong. */
export interface LogisticRow extends Counted {
  /** The coefficients that add up to the log-odds of an error here, by their places. */
  readonly terms: readonly number[]
}

export interface LogisticFit {
  /** Log-odds. */
  readonly coefficients: readonly number[]
  /** Standard errors; by a ridge they are posterior deviations. */
  readonly deviations: readonly number[]
  /** False: there is no maximum (an operator without any error, and no ridge), or none was reached. */
  readonly converged: boolean
}

const COEFFICIENTS_MAX = 2000
const STEPS_MAX = 60
const STEP_MIN = 1e-10
const HALVINGS_MAX = 30

/**
 * Logistic regression on grouped counts with indicator terms: logit P(error) = Σ of the terms'
 * coefficients, by Newton's method with steps halved until the likelihood rises. `ridge[j]` is the
 * precision of a Gaussian prior around 0 of coefficient j; 0 is none. A Rasch model for errors, when
 * terms are a level, an operator and a stratum.
 *
 * A. Agresti, Categorical Data Analysis (2013), chapter 5; S. le Cessie, J. C. van Houwelingen, Applied
 * Statistics 41 (1992), 191–201.
 */
export function fitLogistic(rows: readonly LogisticRow[], ridge: readonly number[]): LogisticFit {
  const size = ridge.length
  if (size > COEFFICIENTS_MAX) throw new RangeError(`at most ${COEFFICIENTS_MAX} coefficients`)
  for (const { wrong, judged } of rows) assertCounts(wrong, judged)
  let coefficients = new Array<number>(size).fill(0)
  let height = penalisedLikelihood(rows, ridge, coefficients)
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const { gradient, information } = slopes(rows, ridge, coefficients)
    const solver = new CholeskyDecomposition(information)
    if (!solver.isPositiveDefinite()) return { coefficients, deviations: [], converged: false }
    const change = solver.solve(Matrix.columnVector(gradient)).getColumn(0)
    const next = uphill(rows, ridge, coefficients, change, height)
    coefficients = next.coefficients
    height = next.height
    if (next.moved < STEP_MIN) {
      const covariance = solver.solve(Matrix.eye(size))
      return { coefficients, deviations: covariance.diagonal().map(Math.sqrt), converged: true }
    }
  }
  return { coefficients, deviations: [], converged: false }
}

function uphill(
  rows: readonly LogisticRow[],
  ridge: readonly number[],
  from: readonly number[],
  change: readonly number[],
  height: number,
) {
  for (let share = 1, halving = 0; halving < HALVINGS_MAX; share /= 2, halving += 1) {
    const coefficients = from.map((value, at) => value + share * (change[at] ?? 0))
    const reached = penalisedLikelihood(rows, ridge, coefficients)
    // Rounding alone may lower it by a hair at the very top.
    if (reached >= height - 1e-9 * Math.abs(height)) {
      return { coefficients, height: reached, moved: share * Math.max(...change.map(Math.abs)) }
    }
  }
  return { coefficients: [...from], height, moved: 0 }
}

function slopes(
  rows: readonly LogisticRow[],
  ridge: readonly number[],
  coefficients: readonly number[],
) {
  const gradient = ridge.map((precision, at) => -precision * (coefficients[at] ?? 0))
  const information = Matrix.diag([...ridge])
  for (const { terms, wrong, judged } of rows) {
    const rate = 1 / (1 + Math.exp(-logOdds(terms, coefficients)))
    const weight = judged * rate * (1 - rate)
    for (const i of terms) {
      gradient[i] = (gradient[i] ?? 0) + wrong - judged * rate
      for (const j of terms) information.set(i, j, information.get(i, j) + weight)
    }
  }
  return { gradient, information }
}

function penalisedLikelihood(
  rows: readonly LogisticRow[],
  ridge: readonly number[],
  coefficients: readonly number[],
): number {
  const penalty = ridge.reduce((sum, p, at) => sum + (p * (coefficients[at] ?? 0) ** 2) / 2, 0)
  return rows.reduce((sum, { terms, wrong, judged }) => {
    const odds = logOdds(terms, coefficients)
    return sum + wrong * odds - judged * softplus(odds)
  }, -penalty)
}

/** ln(1 + eˣ), without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

function logOdds(terms: readonly number[], coefficients: readonly number[]): number {
  return terms.reduce((sum, at) => sum + (coefficients[at] ?? 0), 0)
}
