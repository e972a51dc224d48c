import { poissonAtLeast } from '../distributions/poisson.ts'

const TOGETHER_MS = 60_000

export interface CommitCoupling {
  readonly pages: number
  /** Pages of which both entries came within a minute of each other. */
  readonly together: number
  /** The mean of that number when the moments of one person are dealt to the pages at random. */
  readonly expected: number
  readonly p: number
}

/**
 * Do two people finish the same pages at the same moments? `moments`, of each page: when either entry came,
 * in milliseconds. Dealt at random both keep their hours and their pace. The mean of such deals is exact:
 * each pair of moments that are near each other meets in one deal of n; their number is nearly Poisson's,
 * as each such meeting is rare.
 */
export function commitCoupling(moments: readonly (readonly [number, number])[]): CommitCoupling {
  const isNear = (one: number, other: number) => Math.abs(one - other) <= TOGETHER_MS
  const pages = moments.length
  const together = moments.filter(([one, other]) => isNear(one, other)).length
  const near = moments.reduce((sum, [one]) => {
    return sum + moments.filter(([, other]) => isNear(one, other)).length
  }, 0)
  const expected = pages === 0 ? 0 : near / pages
  return { pages, together, expected, p: poissonAtLeast(together, expected) }
}
