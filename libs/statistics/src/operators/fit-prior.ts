import { assertCounts } from '../assert-arguments.ts'
import { gammaln } from '../distributions/special-functions.ts'
import { maximise } from './maximise.ts'

export interface Counted {
  readonly wrong: number
  readonly judged: number
}

/** How error rates are spread among operators: Beta(alpha, beta). */
export interface Prior {
  readonly alpha: number
  readonly beta: number
}

export interface FittedPrior extends Prior {
  /** alpha ÷ (alpha + beta): the middle rate. */
  readonly mean: number
  /** alpha + beta: as many fields of one's own weigh as much as what is known of the others. */
  readonly precision: number
  /** Without the binomial coefficients, which do not depend on the prior. */
  readonly logLikelihood: number
}

/** Where there are too few operators to fit one: a mean of 1 % that weighs as much as 150 fields. */
export const PRIOR_AT_START: Prior = { alpha: 1.5, beta: 148.5 }

const OPERATORS_MIN = 6
const LOGIT_MEAN = [-14, 4] as const
const LOG_PRECISION = [0, 12] as const

/**
 * The beta-binomial prior that makes the counts of all operators likeliest: the maximum of Σ lnB(α+x,
 * β+n−x) − lnB(α, β) over logit(mean) and ln(precision). Null with fewer than 6 operators who were
 * judged, or without any error: then PRIOR_AT_START holds. Assumes that operators are drawn from one
 * population, and errors independent given the operator's rate.
 *
 * B. Efron, Large-Scale Inference (2010), chapter 1; method: `docs/spec/statistics.md`.
 */
export function fitPrior(operators: readonly Counted[]): FittedPrior | null {
  for (const { wrong, judged } of operators) assertCounts(wrong, judged)
  const counted = operators.filter(({ judged }) => judged > 0)
  if (counted.length < OPERATORS_MIN || counted.every(({ wrong }) => wrong === 0)) return null
  const bestFor = (logitMean: number) =>
    maximise((log) => logLikelihood(counted, priorOf(logitMean, log)), ...LOG_PRECISION)
  const middle = maximise((logitMean) => bestFor(logitMean).value, ...LOGIT_MEAN)
  const best = bestFor(middle.at)
  const { alpha, beta } = priorOf(middle.at, best.at)
  const precision = alpha + beta
  return { alpha, beta, mean: alpha / precision, precision, logLikelihood: best.value }
}

function priorOf(logitMean: number, logPrecision: number): Prior {
  const [mean, precision] = [1 / (1 + Math.exp(-logitMean)), Math.exp(logPrecision)]
  return { alpha: mean * precision, beta: (1 - mean) * precision }
}

function logLikelihood(operators: readonly Counted[], { alpha, beta }: Prior): number {
  const one = ({ wrong, judged }: Counted) => logBeta(alpha + wrong, beta + judged - wrong)
  return operators.reduce((sum, o) => sum + one(o), 0) - operators.length * logBeta(alpha, beta)
}

function logBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b)
}
