import { gammainc } from './special-functions.ts'

/** P(X ≤ count) of a Poisson count with this mean. */
export function poissonAtMost(count: number, mean: number): number {
  assertMean(mean)
  if (count < 0) return 0
  return mean === 0 ? 1 : gammainc(mean, Math.floor(count) + 1, true, true)
}

/** P(X ≥ count), exact also where it is tiny. */
export function poissonAtLeast(count: number, mean: number): number {
  assertMean(mean)
  if (count <= 0) return 1
  return mean === 0 ? 0 : gammainc(mean, Math.ceil(count))
}

function assertMean(mean: number): void {
  if (!(Number.isFinite(mean) && mean >= 0)) throw new RangeError('mean must be 0 or more')
}
