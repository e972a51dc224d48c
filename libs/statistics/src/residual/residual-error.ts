import { assertShare } from '../assert-arguments.ts'

/**
 * The share of fields on which two people of the error rate e make the same error, unseen: r = κ(e² +
 * ρe(1 − e)). κ is the chance that two wrong values are equal, ρ how far pages and fields differ in
 * difficulty (the intraclass correlation of errors). ρ = 0 is two people who stumble independently, which
 * nobody has seen; ρ decides the result.
 */
export function residualError({
  rate,
  collision,
  correlation,
}: {
  readonly rate: number
  readonly collision: number
  readonly correlation: number
}): number {
  assertShare('rate', rate)
  assertShare('collision', collision)
  assertShare('correlation', correlation)
  return collision * (rate ** 2 + correlation * rate * (1 - rate))
}

/** The ρ that explains that a partner repeated a share c of somebody's errors: (c/κ − e)/(1 − e). */
export function correlationFromCoincidence(
  rate: number,
  coincidence: number,
  collision: number,
): number {
  return (coincidence / collision - rate) / (1 - rate)
}

/** How often two entries differ: m = e_A + e_B − e_AB − r, where both are wrong with e_AB = r/κ. */
export function mismatchRate(
  [first, second]: readonly [number, number],
  residual: number,
  collision: number,
): number {
  return first + second - residual / collision - residual
}

/** What is wrong in the end: r + m·a, of errors that agreed and mismatches that were ruled wrong. */
export function finalError(residual: number, mismatches: number, arbiterError: number): number {
  return residual + mismatches * arbiterError
}
