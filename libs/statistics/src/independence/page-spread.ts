import type { PairCounts } from './pair-counts.ts'

type Counted = Pick<PairCounts, 'pages' | 'fields' | 'differing' | 'squares'>

/**
 * By how much pages differ in difficulty: the squared coefficient of variation of the rate at which two
 * entries differ, from page to page within pairs, by the method of moments over all pairs. 0 where
 * differences scatter as if all pages were alike. A page of f fields that is harder or easier for both has
 * a variance of rf + spread·(rf)²; each pair has its own r, so that people do not enter.
 */
export function pageSpread(pairs: readonly Counted[]): number {
  let [surplus, scale] = [0, 0]
  for (const { pages, fields, differing, squares } of pairs) {
    if (pages < 2 || fields === 0) continue
    const rate = differing / fields
    const residual = squares.differing - 2 * rate * squares.crossed + rate * rate * squares.fields
    const freedom = 1 - 1 / pages
    surplus += residual - differing * freedom
    // Without what chance adds to the square of a rate.
    const squaredRate = Math.max(0, differing * differing - residual / freedom) / fields ** 2
    scale += squaredRate * squares.fields * freedom
  }
  return scale > 0 ? Math.max(0, surplus / scale) : 0
}
