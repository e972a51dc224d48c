/**
 * The error rate of arbiters who disagree on a share d of what both ruled blind: a = (1 − √(1 − 2d))/2,
 * for two choices and equal, independent errors. Null from ½ on, where chance explains all. What both
 * misread alike is not seen.
 */
export function arbiterError(disagreement: number): number | null {
  if (!(disagreement >= 0)) throw new RangeError('disagreement must be 0 or more')
  return disagreement >= 0.5 ? null : (1 - Math.sqrt(1 - 2 * disagreement)) / 2
}
