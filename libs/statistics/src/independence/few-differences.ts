import { negativeBinomialAtMost } from '../distributions/negative-binomial.ts'
import { expectedDifferences } from './independence-tests.ts'
import type { PairCounts, RateElsewhere } from './pair-counts.ts'

/** Below so many expected differences, hardly any is no surprise. */
const EXPECTED_MIN = 10
/** At least so much do the pages of one pair differ from others in difficulty (coefficient of variation). */
const PAIR_VARIATION_MIN = 0.25
const PAIRS_FOR_SPREAD_MIN = 10
/** The median of a squared standard normal. */
const MEDIAN_CHI_SQUARE = 0.4549364

/** What the differences of a pair are held against. */
export interface Expectation {
  readonly expected: number
  /** Squared coefficient of variation: of pages, as many as the pair has; and of both rates as measured. */
  readonly spread: number
}

/** Null where somebody has too little with others: the pair cannot be checked. */
export function expectDifferences(
  { fields, squares }: Pick<PairCounts, 'fields' | 'squares'>,
  elsewhere: readonly [RateElsewhere, RateElsewhere],
  pageSpread: number,
): Expectation | null {
  if (fields === 0 || !elsewhere.every(({ enough }) => enough)) return null
  const rates = [elsewhere[0].rate, elsewhere[1].rate] as const
  // Where both are wrong they differ no more than once: taken off in full, so that less is expected.
  const expected = expectedDifferences([{ fields, rates, collision: 1 }])
  const ofRates = elsewhere.reduce((sum, one) => sum + varianceOfRate(one, pageSpread), 0)
  const ofPages = (pageSpread * squares.fields) / fields ** 2
  return { expected, spread: ofPages + ofRates * (fields / expected) ** 2 }
}

function varianceOfRate({ wrong, fields, pages }: RateElsewhere, pageSpread: number): number {
  const found = wrong + 0.5
  return (found * (1 + (pageSpread * found) / Math.max(1, pages))) / fields ** 2
}

export function isEnough({ expected }: Expectation): boolean {
  return expected >= EXPECTED_MIN
}

/**
 * By how much the pages of one pair are harder or easier than those of others: from the pairs that have
 * *more* differences than expected, as copying makes fewer, and by their median, as one hard book should
 * not hide a copy. At least a quarter, as a coefficient of variation.
 */
export function pairSpread(
  pairs: readonly { readonly differing: number; readonly expectation: Expectation }[],
): number {
  const wanted = pairs
    .filter(({ differing, expectation }) => {
      return isEnough(expectation) && differing > expectation.expected
    })
    .map(({ differing, expectation: { expected, spread } }) => {
      const known = expected + spread * expected ** 2
      return ((differing - expected) ** 2 / MEDIAN_CHI_SQUARE - known) / expected ** 2
    })
    .toSorted((a, b) => a - b)
  const least = PAIR_VARIATION_MIN ** 2
  if (wanted.length < PAIRS_FOR_SPREAD_MIN) return least
  return Math.max(least, wanted[Math.floor(wanted.length / 2)] ?? least)
}

/**
 * Far fewer differences than both people's rates with others predict? The lower tail of a negative
 * binomial count: pages that are hard for both scatter it wider than Poisson's, so does a pair's own kind
 * of pages, and so do rates that are not known exactly.
 */
export function testFewerDifferences(
  differing: number,
  { expected, spread }: Expectation,
  ofPairs: number,
): number {
  return negativeBinomialAtMost(differing, expected, spread + ofPairs)
}
