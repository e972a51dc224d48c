import { assertCounts, assertWhole } from '../assert-arguments.ts'

/**
 * How many errors a checker's copy had, by those that were planted in it: nS/s, of S planted s were
 * found, and n others. Null where none of the planted ones was. Assumes that planted errors are as easy
 * to see as others.
 *
 * H. D. Mills, On the Statistical Validation of Computer Programs (1972).
 */
export function seededErrors(
  planted: number,
  plantedFound: number,
  othersFound: number,
): number | null {
  assertCounts(plantedFound, planted)
  assertWhole('othersFound', othersFound)
  return plantedFound === 0 ? null : (othersFound * planted) / plantedFound
}
