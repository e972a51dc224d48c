import { assertInside, assertWhole } from '../assert-arguments.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { Interval } from '../intervals/interval.ts'

export interface Chapman {
  /** Errors in all: (n1 + 1)(n2 + 1)/(m + 1) − 1. */
  readonly total: number
  readonly deviation: number
  /** Of these, found by neither. */
  readonly unseen: number
  readonly interval: Interval
  /** n1·n2/m, which is biased and infinite without an overlap; null then. */
  readonly lincolnPetersen: number | null
  /** False below 7 found by both: "không đủ dữ liệu". */
  readonly enough: boolean
}

const BOTH_MIN = 7

/**
 * How many errors there are, from what two checkers found who *searched* the same data, and what both
 * found. Not for errors that two typists *made*. Assumes independent checkers; shared difficulty makes it
 * too low. The interval is log-normal in what is unseen.
 *
 * D. G. Chapman, University of California Publications in Statistics 1 (1951), 131–160; variance: G. A.
 * F. Seber, Biometrika 57 (1970).
 */
export function chapman(first: number, second: number, both: number, confidence = 0.95): Chapman {
  assertWhole('first', first)
  assertWhole('second', second)
  assertWhole('both', both)
  assertInside('confidence', confidence)
  if (both > Math.min(first, second)) throw new RangeError('both must be at most first and second')
  const seen = first + second - both
  const total = ((first + 1) * (second + 1)) / (both + 1) - 1
  const variance =
    ((first + 1) * (second + 1) * (first - both) * (second - both)) / ((both + 1) ** 2 * (both + 2))
  const unseen = total - seen
  // Who found nothing alone leaves nothing unseen by this estimate.
  const factor =
    unseen === 0
      ? 1
      : Math.exp(
          normalQuantile((1 + confidence) / 2) * Math.sqrt(Math.log1p(variance / unseen ** 2)),
        )
  return {
    total,
    deviation: Math.sqrt(variance),
    unseen,
    interval: { low: seen + unseen / factor, high: seen + unseen * factor },
    lincolnPetersen: both === 0 ? null : (first * second) / both,
    enough: both >= BOTH_MIN,
  }
}
