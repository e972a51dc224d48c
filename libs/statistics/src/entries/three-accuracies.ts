/**
 * How accurate each of three people is on a two-valued field, from how often each pair agrees: 2a_1 − 1 =
 * √((2g_12 − 1)(2g_13 − 1)/(2g_23 − 1)). Assumes independent errors that are as frequent on both values.
 * Null where a pair agrees no more than by chance: of *two* people nothing can be known without truth.
 */
export function threeAccuracies(agreements: {
  readonly firstSecond: number
  readonly firstThird: number
  readonly secondThird: number
}): readonly [number, number, number] | null {
  const better = (share: number) => 2 * share - 1
  const [a, b, c] = [
    better(agreements.firstSecond),
    better(agreements.firstThird),
    better(agreements.secondThird),
  ]
  if (a <= 0 || b <= 0 || c <= 0) return null
  const accuracy = (x: number, y: number, opposite: number) =>
    Math.min(1, (1 + Math.sqrt((x * y) / opposite)) / 2)
  return [accuracy(a, b, c), accuracy(a, c, b), accuracy(b, c, a)]
}
