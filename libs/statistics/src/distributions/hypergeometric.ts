import { assertWhole } from '../assert-arguments.ts'
import { gammaln } from './special-functions.ts'

export interface Draw {
  /** Things in all. */
  readonly size: number
  /** Bad ones among them. */
  readonly bad: number
  /** How many are drawn, none twice. */
  readonly sample: number
}

/** P(X ≤ count) of X bad things in a sample drawn without putting back; by logarithms, term by term. */
export function hypergeometricAtMost(count: number, { size, bad, sample }: Draw): number {
  assertWhole('size', size)
  assertWhole('bad', bad)
  assertWhole('sample', sample)
  if (bad > size || sample > size) throw new RangeError('bad and sample must be at most size')
  const most = Math.min(bad, sample)
  if (count >= most) return 1
  const least = Math.max(0, sample - (size - bad))
  const ways = logChoose(size, sample)
  let sum = 0
  for (let found = least; found <= count; found += 1) {
    sum += Math.exp(logChoose(bad, found) + logChoose(size - bad, sample - found) - ways)
  }
  return Math.min(1, sum)
}

function logChoose(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
}
