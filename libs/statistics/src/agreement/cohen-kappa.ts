import { assertWhole } from '../assert-arguments.ts'

export interface Kappa {
  /** Share of pairs that agree. */
  readonly agreement: number
  /** Share that would agree by chance. */
  readonly byChance: number
  /** Null where chance alone agrees always: then nothing can be said. */
  readonly kappa: number | null
}

/**
 * Cohen's κ = (p_o − p_e)/(1 − p_e) of two independent people who coded the same things: `table[a][b]`
 * counts those that the first coded a and the second b. For coded fields only; falls where one code is
 * much more frequent than others. Its standard error is about √(p_o(1 − p_o)/(n(1 − p_e)²)).
 *
 * J. Cohen, Educational and Psychological Measurement 20 (1960), 37–46.
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
): (Kappa & { readonly deviation: number | null }) | null {
  assertSquare(table)
  const sums = table.map((row) => row.reduce((sum, count) => sum + count, 0))
  const all = sums.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  const agreement = table.reduce((sum, row, at) => sum + (row[at] ?? 0), 0) / all
  const columnSum = (at: number) => table.reduce((sum, row) => sum + (row[at] ?? 0), 0)
  const byChance = sums.reduce((sum, count, at) => sum + count * columnSum(at), 0) / all ** 2
  if (byChance === 1) return { agreement, byChance, kappa: null, deviation: null }
  const deviation = Math.sqrt((agreement * (1 - agreement)) / all) / (1 - byChance)
  return { agreement, byChance, kappa: (agreement - byChance) / (1 - byChance), deviation }
}

function assertSquare(table: readonly (readonly number[])[]): void {
  for (const row of table) {
    if (row.length !== table.length) throw new RangeError('table must have as many columns as rows')
    for (const count of row) assertWhole('a count of the table', count)
  }
}
