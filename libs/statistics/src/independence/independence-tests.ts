import { chanceOfAtLeast } from '@songnhap/comparators'
import { assertShare, assertWhole } from '../assert-arguments.ts'
import { poissonAtLeast, poissonAtMost } from '../distributions/poisson.ts'

/**
 * Test A: where both of a pair are wrong, are they too often wrong alike? The upper tail of a sum of
 * unequal coins (Poisson binomial), one of probability κ for each field on which both are wrong. κ is
 * estimated from *other* pairs on fields of that kind. Difficulty cancels: both are wrong anyway.
 *
 * W. J. van der Linden, L. Sotaridona, Journal of Educational Measurement 41 (2004): answers that are
 * right must not enter.
 */
export function testWrongAlike(alike: number, collisions: readonly number[]): number {
  assertWhole('alike', alike)
  for (const collision of collisions) assertShare('a collision index', collision)
  if (alike > collisions.length) {
    throw new RangeError('alike must be at most the fields on which both are wrong')
  }
  // Sums of probabilities that are rounded each may exceed 1 by a hair.
  return Math.min(1, chanceOfAtLeast(alike, collisions))
}

/** What two people did of one kind of field. */
export interface SharedFields {
  readonly fields: number
  /** The error rate of each on them. */
  readonly rates: readonly [number, number]
  /** The chance that two wrong values are equal. */
  readonly collision: number
}

/**
 * How many same errors chance gives a pair: λ = δ·Σ n·e_i·e_j·κ, where δ is how many times more there are
 * than that among all *other* pairs, because pages differ in difficulty.
 */
export function expectedWrongAlike(shared: readonly SharedFields[], surplus: number): number {
  return (
    surplus * shared.reduce((sum, s) => sum + s.fields * s.rates[0] * s.rates[1] * s.collision, 0)
  )
}

/**
 * Test B: more same errors than expected? The upper tail of a Poisson count.
 *
 * L. Sotaridona, R. R. Meijer, Journal of Educational Measurement 38 (2001).
 */
export function testManyWrongAlike(alike: number, expected: number): number {
  assertWhole('alike', alike)
  return poissonAtLeast(alike, expected)
}

/** How often two entries would differ that were made independently: Σ n·(e_i + e_j − e_i·e_j·(1 + κ)). */
export function expectedDifferences(shared: readonly SharedFields[]): number {
  return shared.reduce((sum, { fields, rates: [a, b], collision }) => {
    return sum + fields * (a + b - a * b * (1 + collision))
  }, 0)
}

/**
 * Far fewer differences between two people than their difficulty-adjusted rates predict? The lower tail
 * of a Poisson count; needs no audit. A flag opens a review and is no verdict: an easy book explains it
 * too.
 */
export function testFewDifferences(differences: number, expected: number): number {
  assertWhole('differences', differences)
  return poissonAtMost(differences, expected)
}
