import { assertPositive } from '../assert-arguments.ts'
import { poissonAtMost } from './poisson.ts'
import { betainc } from './special-functions.ts'

/**
 * P(X ≤ count) of a Poisson count whose mean itself varies (gamma) about `mean` with the squared coefficient
 * of variation `spread`: its variance is mean + spread·mean². With no spread it is Poisson's.
 */
export function negativeBinomialAtMost(count: number, mean: number, spread: number): number {
  if (!(Number.isFinite(spread) && spread >= 0)) throw new RangeError('spread must be 0 or more')
  if (spread === 0 || mean === 0) return poissonAtMost(count, mean)
  assertPositive('mean', mean)
  if (count < 0) return 0
  const shape = 1 / spread
  return betainc(shape / (shape + mean), shape, Math.floor(count) + 1, true, false)
}
