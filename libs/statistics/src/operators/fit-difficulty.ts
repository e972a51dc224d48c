import { fitLogistic } from './fit-logistic.ts'
import type { Counted } from './fit-prior.ts'

/** What one operator did where these things bear on the difficulty: `field:name`, `book:12`, `hour:14`. */
export interface DifficultyCount extends Counted {
  readonly operator: string
  readonly causes: readonly string[]
}

export interface Difficulty {
  /** Log-odds of an error for the average operator without any cause. */
  readonly level: number
  /** Log-odds that an operator adds: above 0 is worse than the average. */
  readonly operators: ReadonlyMap<string, Effect>
  readonly causes: ReadonlyMap<string, Effect>
}

interface Effect {
  readonly logOdds: number
  readonly deviation: number
}

/** A deviation of 1 in log-odds: most operators and books lie within a factor of seven of each other. */
const RIDGE = 1
/** The level is free but for this, which keeps the equations solvable without any error. */
const RIDGE_OF_LEVEL = 1e-6

/**
 * The ridge logistic model logit P(error) = level + operator + its causes, all at once; Gaussian priors
 * with the deviation 1. Compare operators only within one of `comparableGroups`. Null where no fit was
 * reached.
 */
export function fitDifficulty(counts: readonly DifficultyCount[]): Difficulty | null {
  const places = new Map<string, number>()
  const placeOf = (kind: 'operator' | 'cause', name: string) => {
    const key = `${kind} ${name}`
    const place = places.get(key) ?? places.size + 1
    places.set(key, place)
    return place
  }
  const rows = counts.map(({ operator, causes, wrong, judged }) => ({
    terms: [0, placeOf('operator', operator), ...causes.map((name) => placeOf('cause', name))],
    wrong,
    judged,
  }))
  const ridge = [RIDGE_OF_LEVEL, ...new Array<number>(places.size).fill(RIDGE)]
  const { coefficients, deviations, converged } = fitLogistic(rows, ridge)
  if (!converged) return null
  const effects = (kind: string) =>
    new Map(
      [...places]
        .filter(([key]) => key.startsWith(`${kind} `))
        .map(([key, at]): [string, Effect] => [
          key.slice(kind.length + 1),
          { logOdds: coefficients[at] ?? 0, deviation: deviations[at] ?? 0 },
        ]),
    )
  return {
    level: coefficients[0] ?? 0,
    operators: effects('operator'),
    causes: effects('cause'),
  }
}
