import { Problem } from '@songnhap/contracts'

/**
 * The line to the server. A question that was under way when the line was cut will never be
 * answered: whoever asked is told at once to ask again, instead of after the time-out.
 */
export class Line {
  #isUp = true
  readonly #waiting = new Set<(cut: Problem) => void>()

  get isUp(): boolean {
    return this.#isUp
  }

  wasCut(): void {
    this.#isUp = false
    for (const giveUp of this.#waiting) giveUp(new Problem('UNAVAILABLE'))
  }

  isBack(): void {
    this.#isUp = true
  }

  /** The answer, or UNAVAILABLE as soon as the line is cut. */
  async unlessCut<T>(ask: () => Promise<T>): Promise<T> {
    if (!this.#isUp) throw new Problem('UNAVAILABLE')
    const cut = Promise.withResolvers<never>()
    this.#waiting.add(cut.reject)
    try {
      return await Promise.race([ask(), cut.promise])
    } finally {
      this.#waiting.delete(cut.reject)
    }
  }
}
