import { createRandom } from '@songnhap/samples'
import { finalError, mismatchRate, residualError } from '@songnhap/statistics'
import { randomBeta } from 'd3-random'

/** A team and its book, as far as errors go. */
export interface Team {
  /** Of each typist, on the average page. */
  readonly rate: number
  /** How far pages differ in difficulty: the intraclass correlation of errors. */
  readonly correlation: number
  /** The chance that two wrong values are equal. */
  readonly collision: number
  readonly arbiterError: number
}

/** The share of wrong values that a team leaves in the end. */
export function trueRate({ rate, correlation, collision, arbiterError }: Team): number {
  const residual = residualError({ rate, collision, correlation })
  return finalError(residual, mismatchRate([rate, rate], residual, collision), arbiterError)
}

/** What a team leaves behind, page by page and field by field. */
export class AuditedPages {
  readonly #team: Team
  readonly #difficulty: () => number
  readonly random: () => number

  constructor(team: Team, seed: number) {
    this.#team = team
    this.random = createRandom(seed, JSON.stringify(team))
    const spread = 1 / team.correlation - 1
    this.#difficulty = randomBeta.source(this.random)(team.rate * spread, (1 - team.rate) * spread)
  }

  /** Whether one field of a fresh page is wrong in the end. */
  field(): boolean {
    return this.#isWrong(this.#difficulty())
  }

  /** For each field of a fresh page, whether it is wrong in the end. */
  page(fields: number): boolean[] {
    const difficulty = this.#difficulty()
    return Array.from({ length: fields }, () => this.#isWrong(difficulty))
  }

  /** Two people read it, and an arbiter where they differ. */
  #isWrong(difficulty: number): boolean {
    const { collision, arbiterError } = this.#team
    const [first, second] = [this.random() < difficulty, this.random() < difficulty]
    if (!first && !second) return false
    if (first && second && this.random() < collision) return true
    return this.random() < arbiterError
  }
}
