/** How hard each field is: what the average operator errs there. Pure. */
import type { FieldTally, OperatorTally } from './operator-tally.ts'

/** A field of which little was judged is taken to be as hard as so many fields of the average one say. */
const SHRINK_BY_FIELDS = 100
const RATE_MIN = 1e-6
const RATE_MAX = 0.5

/** The expected rate of errors of a field; null while nobody has erred at all. */
export type ExpectedRates = ((field: string) => number) | null

/** Pooled over all operators, and drawn towards the rate of all fields. */
export function expectedRates(operators: readonly OperatorTally[]): ExpectedRates {
  const pooled = new Map<string, { wrong: number; judged: number }>()
  let [wrong, judged] = [0, 0]
  for (const field of operators.flatMap(({ fields }) => fields)) {
    const pool = pooled.get(field.field) ?? { wrong: 0, judged: 0 }
    pool.wrong += field.wrong
    pool.judged += field.judged
    pooled.set(field.field, pool)
    wrong += field.wrong
    judged += field.judged
  }
  if (wrong === 0 || judged === 0) return null
  const overall = wrong / judged
  return (field) => {
    const pool = pooled.get(field) ?? { wrong: 0, judged: 0 }
    const rate = (pool.wrong + SHRINK_BY_FIELDS * overall) / (pool.judged + SHRINK_BY_FIELDS)
    return Math.min(RATE_MAX, Math.max(RATE_MIN, rate))
  }
}

/** Errors that the average operator would have made in these fields. */
export function expectedErrors(
  fields: readonly Pick<FieldTally, 'field' | 'judged'>[],
  rates: ExpectedRates,
): number {
  if (rates === null) return 0
  return fields.reduce((sum, { field, judged }) => sum + judged * rates(field), 0)
}
