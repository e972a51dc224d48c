import { assertPositive, assertShare } from '../assert-arguments.ts'
import { betainc, betaincinv } from './special-functions.ts'

/** P(X ≤ x) of a rate X that is Beta(a, b): the regularised incomplete beta function. */
export function betaAtMost(x: number, a: number, b: number): number {
  assertPositive('a', a)
  assertPositive('b', b)
  if (x <= 0) return 0
  if (x >= 1) return 1
  return betainc(x, a, b)
}

/** The rate that a Beta(a, b) rate stays below with this probability. */
export function betaQuantile(probability: number, a: number, b: number): number {
  assertShare('probability', probability)
  assertPositive('a', a)
  assertPositive('b', b)
  return betaincinv(probability, a, b)
}
