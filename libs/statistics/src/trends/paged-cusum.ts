import { assertPositive } from '../assert-arguments.ts'
import { CUSUM_LIMIT } from './risk-adjusted-cusum.ts'

/** What was judged of one page, in weights as `cusumWeights` has them. */
export interface PageWeights {
  /** Of all right fields together. */
  readonly right: number
  /** Of each error. */
  readonly wrong: readonly number[]
}

export interface PagedCusum {
  /** After each page; of one that raised a signal: at the signal, after which it starts anew. */
  readonly sums: readonly number[]
  /** The places, from 0, of the pages that raised a signal. */
  readonly signals: readonly number[]
}

/**
 * `riskAdjustedCusum` over pages of which is known how many fields were wrong and not which of them came
 * first: what right fields take away is shared out evenly before, between and after the errors, which come
 * in the order given. Of pages with one field each it is the same chart.
 */
export function pagedCusum(pages: readonly PageWeights[], limit = CUSUM_LIMIT): PagedCusum {
  assertPositive('limit', limit)
  const [sums, signals]: [number[], number[]] = [[], []]
  let sum = 0
  for (const [at, { right, wrong }] of pages.entries()) {
    const share = right / (wrong.length + 1)
    let signalled: number | null = null
    sum = Math.max(0, sum + share)
    for (const error of wrong) {
      sum += error
      if (sum >= limit) {
        signalled ??= sum
        sum = 0
      }
      sum = Math.max(0, sum + share)
    }
    if (signalled !== null) signals.push(at)
    sums.push(signalled ?? sum)
  }
  return { sums, signals }
}
