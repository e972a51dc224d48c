import { assertPositive } from '../assert-arguments.ts'
import { CUSUM_LIMIT, cusumWeights } from './risk-adjusted-cusum.ts'

/** What was judged of one page: fields of one expected rate are counted together. */
export type PageCounts = readonly {
  readonly expected: number
  readonly wrong: number
  readonly judged: number
}[]

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
export function pagedCusum(
  pages: readonly PageCounts[],
  limit = CUSUM_LIMIT,
  oddsRatio?: number,
): PagedCusum {
  assertPositive('limit', limit)
  const known = new Map<number, ReturnType<typeof cusumWeights>>()
  const weightsOf = (expected: number) => {
    const weights = known.get(expected) ?? cusumWeights(expected, oddsRatio)
    known.set(expected, weights)
    return weights
  }
  const [sums, signals]: [number[], number[]] = [[], []]
  let sum = 0
  for (const [at, page] of pages.entries()) {
    const errors: number[] = []
    let right = 0
    for (const { expected, wrong, judged } of page) {
      const weights = weightsOf(expected)
      right += (judged - wrong) * weights.right
      for (let error = 0; error < wrong; error += 1) errors.push(weights.wrong)
    }
    const share = right / (errors.length + 1)
    let signalled: number | null = null
    sum = Math.max(0, sum + share)
    for (const error of errors) {
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
