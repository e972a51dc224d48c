/** Each step keeps .618 of the range: 70 leave 2e-15 of it. */
const STEPS = 70
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Where between two ends a function with one top is highest: golden-section search. (The libraries for it
 * are abandoned, and this is all of it.)
 *
 * J. Kiefer, Proceedings of the American Mathematical Society 4 (1953), 502–506.
 */
export function maximise(
  valueAt: (x: number) => number,
  low: number,
  high: number,
): { readonly at: number; readonly value: number } {
  let [from, to] = [low, high]
  let [a, b] = [to - GOLDEN * (to - from), from + GOLDEN * (to - from)]
  let [atA, atB] = [valueAt(a), valueAt(b)]
  for (let step = 0; step < STEPS; step += 1) {
    if (atA > atB) {
      ;[to, b, atB] = [b, a, atA]
      a = to - GOLDEN * (to - from)
      atA = valueAt(a)
    } else {
      ;[from, a, atA] = [a, b, atB]
      b = from + GOLDEN * (to - from)
      atB = valueAt(b)
    }
  }
  const at = (from + to) / 2
  return { at, value: valueAt(at) }
}
