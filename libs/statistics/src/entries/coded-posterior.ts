import { assertInside, assertWhole } from '../assert-arguments.ts'
import type { Reading } from './text-posterior.ts'

/**
 * How probable each of the codes that people gave is: L(v) = Π of (1 − e) where a person gave v, and e/(codes − 1)
 * where another. It is what Dawid and Skene's method says of one thing where each person has one error rate, spread
 * alike over the other codes, and all codes are alike beforehand; the rest to 1 is for codes that nobody gave.
 * Assumes independent errors.
 *
 * A. P. Dawid, A. M. Skene, Applied Statistics 28 (1979), 20–28.
 */
export function codedPosterior(
  readings: readonly Reading[],
  codes: number,
): ReadonlyMap<string, number> {
  assertWhole('codes', codes, 2)
  for (const { error } of readings) assertInside('error', error)
  const likelihood = (value: string | null) =>
    readings.reduce(
      (product, one) => product * (one.value === value ? 1 - one.error : one.error / (codes - 1)),
      1,
    )
  const values = [...new Set(readings.map(({ value }) => value))]
  if (values.length > codes) throw new RangeError('more codes were given than there are')
  const given = values.map((value) => [value, likelihood(value)] as const)
  const all = given.reduce((sum, [, one]) => sum + one, (codes - values.length) * likelihood(null))
  return new Map(given.map(([value, one]) => [value, one / all]))
}
