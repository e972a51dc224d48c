import { assertInside, assertPositive } from '../assert-arguments.ts'

/** A field as it was judged, and how probable an error was in it beforehand. */
export interface JudgedField {
  readonly wrong: boolean
  readonly expected: number
}

export interface RiskAdjustedCusum {
  /** After each field; back at 0 after a signal. */
  readonly sums: readonly number[]
  /** The places, from 0, of the fields that raised a signal. */
  readonly signals: readonly number[]
}

/** The odds of an error that are looked for: twice the usual ones. */
const ODDS_RATIO = 2
/**
 * At an expected rate of 1 % a false signal comes once in 100,117 fields, and doubled odds are seen after
 * 1,258.
 */
export const CUSUM_LIMIT = 5.5

/**
 * Whether somebody's odds of an error have risen R-fold, field by field and whatever the difficulty: S =
 * max(0, S + W), W = ln(R/(1−p+Rp)) for an error and ln(1/(1−p+Rp)) for a right field; a signal where S
 * reaches the limit. Set the limit by `cusumRunLength`. Assumes that the expected rates are right, and
 * fields independent given them.
 *
 * S. H. Steiner et al., Biostatistics 1 (2000), 441–452.
 */
export function riskAdjustedCusum(
  fields: readonly JudgedField[],
  limit = CUSUM_LIMIT,
  oddsRatio = ODDS_RATIO,
): RiskAdjustedCusum {
  assertPositive('limit', limit)
  const [sums, signals]: [number[], number[]] = [[], []]
  let sum = 0
  for (const [at, { wrong, expected }] of fields.entries()) {
    const weights = cusumWeights(expected, oddsRatio)
    sum = Math.max(0, sum + (wrong ? weights.wrong : weights.right))
    sums.push(sum)
    if (sum >= limit) {
      signals.push(at)
      sum = 0
    }
  }
  return { sums, signals }
}

/** What a wrong field adds to the sum, and what a right one takes away. */
export function cusumWeights(expected: number, oddsRatio = ODDS_RATIO) {
  assertInside('expected', expected)
  if (!(oddsRatio > 1)) throw new RangeError('oddsRatio must be above 1')
  const scale = Math.log1p((oddsRatio - 1) * expected)
  return { wrong: Math.log(oddsRatio) - scale, right: -scale }
}
