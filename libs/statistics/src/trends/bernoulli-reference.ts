import { assertInside } from '../assert-arguments.ts'

/**
 * The reference value γ = r1/r2 of the Bernoulli CUSUM B = max(0, B + X − γ), which tells the error rate
 * p1 from p0: r1 = −ln((1−p1)/(1−p0)), r2 = ln(p1(1−p0)/(p0(1−p1))). For fields of one difficulty;
 * otherwise `riskAdjustedCusum`.
 *
 * M. R. Reynolds, Z. G. Stoumbos, Journal of Quality Technology 31 (1999), 87–108.
 */
export function bernoulliReference(usual: number, raised: number) {
  assertInside('usual', usual)
  assertInside('raised', raised)
  if (raised <= usual) throw new RangeError('raised must be above usual')
  const r1 = -Math.log((1 - raised) / (1 - usual))
  const r2 = Math.log((raised * (1 - usual)) / (usual * (1 - raised)))
  return { r1, r2, reference: r1 / r2 }
}
