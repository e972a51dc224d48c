import { assertWhole } from '../assert-arguments.ts'
import type { Kappa } from './cohen-kappa.ts'

/**
 * Fleiss' κ of things that all were coded equally often: `ratings[thing][code]` counts who gave it that code.
 * P̄ = mean (Σ n² − n)/(n(n − 1)), p_e = Σ p².
 *
 * J. L. Fleiss, Psychological Bulletin 76 (1971), 378–382.
 */
export function fleissKappa(ratings: readonly (readonly number[])[]): Kappa | null {
  const [first] = ratings
  if (first === undefined) return null
  const each = sum(first)
  if (each < 2) throw new RangeError('each thing must be coded at least twice')
  for (const codes of ratings) {
    for (const count of codes) assertWhole('a count of the ratings', count)
    if (sum(codes) !== each) throw new RangeError('each thing must be coded equally often')
  }
  const alike = ratings.map((codes) => (sumOfSquares(codes) - each) / (each * (each - 1)))
  const agreement = sum(alike) / ratings.length
  const shares = first.map((_, code) => sum(ratings.map((codes) => codes[code] ?? 0)))
  const byChance = sumOfSquares(shares) / (each * ratings.length) ** 2
  const kappa = byChance === 1 ? null : (agreement - byChance) / (1 - byChance)
  return { agreement, byChance, kappa }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((total, value) => total + value ** 2, 0)
}
