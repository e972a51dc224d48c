import { assertShare } from '../assert-arguments.ts'

/**
 * The rate behind what an auditor found who sees a share `sensitivity` of errors and clears a share
 * `specificity` of right values: (p + Sp − 1)/(Se + Sp − 1), kept from 0 to 1.
 *
 * W. J. Rogan, B. Gladen, American Journal of Epidemiology 107 (1978), 71–76.
 */
export function correctForAuditor(
  found: number,
  { sensitivity, specificity }: { readonly sensitivity: number; readonly specificity: number },
): number {
  assertShare('found', found)
  assertShare('sensitivity', sensitivity)
  assertShare('specificity', specificity)
  const better = sensitivity + specificity - 1
  if (better <= 0) throw new RangeError('an auditor who is no better than a coin tells nothing')
  return Math.min(1, Math.max(0, (found + specificity - 1) / better))
}
