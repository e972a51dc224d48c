/** How far values have drifted up and down, summed. */
export interface TabularCusum {
  readonly up: readonly number[]
  readonly down: readonly number[]
  /** The first place, from 0, where either sum is above the limit; null where none is. */
  readonly signalAt: number | null
}

/**
 * The tabular CUSUM: C+ = max(0, x − (μ + k) + C+), C− = max(0, (μ − k) − x + C−), with the slack k and
 * the limit h in the units of the values. Assumes independent values of one deviation.
 *
 * D. C. Montgomery, Introduction to Statistical Quality Control, chapter 9.
 */
export function tabularCusum(
  values: readonly number[],
  {
    centre,
    slack,
    limit,
  }: { readonly centre: number; readonly slack: number; readonly limit: number },
): TabularCusum {
  const [up, down]: [number[], number[]] = [[], []]
  for (const value of values) {
    up.push(Math.max(0, value - (centre + slack) + (up.at(-1) ?? 0)))
    down.push(Math.max(0, centre - slack - value + (down.at(-1) ?? 0)))
  }
  const first = up.findIndex((sum, at) => sum > limit || (down[at] ?? 0) > limit)
  return { up, down, signalAt: first === -1 ? null : first }
}
