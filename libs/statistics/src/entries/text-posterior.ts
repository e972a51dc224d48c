import { assertInside } from '../assert-arguments.ts'

/** What somebody read, and how often he or she errs. */
export interface Reading {
  readonly value: string
  readonly error: number
}

export interface TextPosterior {
  /** How probable each reading is, in the order in which they came first. */
  readonly values: ReadonlyMap<string, number>
  /** That none of them is right. */
  readonly other: number
}

/**
 * How probable each of several readings of an open text is: L(v) = Π of (1 − e) where a person read v,
 * and e·q where not, for each value read and one that nobody read, alike beforehand. q is the chance of
 * one particular wrong value. Assumes independent errors: two who agree look far too certain; for them
 * use the audit.
 */
export function textPosterior(readings: readonly Reading[], collision: number): TextPosterior {
  assertInside('collision', collision)
  for (const { error } of readings) assertInside('error', error)
  const logOf = (value: string | null) =>
    readings.reduce(
      (sum, r) => sum + Math.log(r.value === value ? 1 - r.error : r.error * collision),
      0,
    )
  const values = [...new Set(readings.map(({ value }) => value))]
  const logs = [...values.map(logOf), logOf(null)]
  const top = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - top))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return {
    values: new Map(values.map((value, at) => [value, (weights[at] ?? 0) / all])),
    other: (weights.at(-1) ?? 0) / all,
  }
}
