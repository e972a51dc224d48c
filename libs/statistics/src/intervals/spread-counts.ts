import { assertShare } from '../assert-arguments.ts'

/**
 * Counts as they would be if fields were independent: several fields of one page share its handwriting,
 * so that n of them say no more than n/deff, with deff = 1 + (m − 1)ρ for m fields a page whose errors
 * are correlated by ρ.
 *
 * L. Kish, Survey Sampling (1965). Better than to correct for it is to audit scattered fields.
 */
export function spreadCounts(
  { wrong, judged }: { readonly wrong: number; readonly judged: number },
  fieldsPerPage: number,
  correlation: number,
): { readonly wrong: number; readonly judged: number; readonly designEffect: number } {
  if (!(fieldsPerPage >= 1)) throw new RangeError('fieldsPerPage must be 1 or more')
  assertShare('correlation', correlation)
  const designEffect = 1 + (fieldsPerPage - 1) * correlation
  return { wrong: wrong / designEffect, judged: judged / designEffect, designEffect }
}
