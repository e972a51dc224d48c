/** Sums over pages, of which each has some judged fields and some wrong ones among them. */
export interface PageSums {
  readonly pages: number
  readonly judged: number
  readonly wrong: number
  /** Of judged × judged, wrong × wrong and judged × wrong, page by page. */
  readonly judgedSquares: number
  readonly wrongSquares: number
  readonly judgedByWrong: number
}

/**
 * How many fields of such pages say as much as one independent field: errors come together on pages that are
 * hard to read. The variance of the rate over pages, n/(n − 1) · Σ(wrong − rate · judged)² ÷ (Σ judged)², by
 * that of as many independent fields. Never below 1; 1 where nothing tells.
 *
 * W. G. Cochran, Sampling Techniques (1977), 6.3, of the ratio of two sums over clusters.
 */
export function designEffect(sums: PageSums): number {
  const { pages, judged, wrong, judgedSquares, wrongSquares, judgedByWrong } = sums
  const rate = wrong / judged
  if (pages < 2 || !(rate > 0 && rate < 1)) return 1
  const squares = wrongSquares - 2 * rate * judgedByWrong + rate * rate * judgedSquares
  const clustered = ((pages / (pages - 1)) * squares) / judged ** 2
  return Math.max(1, clustered / ((rate * (1 - rate)) / judged))
}
