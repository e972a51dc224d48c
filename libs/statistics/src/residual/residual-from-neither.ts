import { assertInside, assertWhole } from '../assert-arguments.ts'
import { poissonUpperBound } from '../intervals/poisson-interval.ts'

/**
 * The unseen agreed errors from those that two people made differently, of which the arbiter tells
 * "neither": r = (d/N)·κ/(1 − κ), with the exact Poisson bound of d. An alarm that costs nothing; never
 * the gate, because κ is higher where both err.
 */
export function residualFromNeither(
  neither: number,
  fields: number,
  collision: number,
  confidence = 0.95,
): { readonly rate: number; readonly upper: number } {
  assertWhole('fields', fields, 1)
  assertInside('collision', collision)
  const unseenOverSeen = collision / (1 - collision)
  return {
    rate: (neither / fields) * unseenOverSeen,
    upper: (poissonUpperBound(neither, confidence) / fields) * unseenOverSeen,
  }
}
