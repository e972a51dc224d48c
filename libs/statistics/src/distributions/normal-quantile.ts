import { assertInside } from '../assert-arguments.ts'
import { erfcinv } from './special-functions.ts'

/** The z that a standard normal value stays below with this probability: .975 → 1.95996. */
export function normalQuantile(probability: number): number {
  assertInside('probability', probability)
  return -Math.SQRT2 * erfcinv(2 * probability)
}
