/**
 * How probable it is that so many or more of these come true, each by its own chance: the upper tail of
 * a sum of unequal coins (the Poisson binomial distribution), added up exactly.
 */
export function chanceOfAtLeast(hits: number, chances: readonly number[]): number {
  let exactly = [1]
  for (const chance of chances) {
    const next = new Array<number>(exactly.length + 1).fill(0)
    for (const [count, probability] of exactly.entries()) {
      next[count] = (next[count] ?? 0) + probability * (1 - chance)
      next[count + 1] = (next[count + 1] ?? 0) + probability * chance
    }
    exactly = next
  }
  return exactly.slice(hits).reduce((sum, probability) => sum + probability, 0)
}
