import { assertInside, assertWhole } from '../assert-arguments.ts'
import { binomialAtLeast, binomialAtMost } from '../distributions/binomial.ts'

/**
 * How often an upper bound holds a rate, without simulation: Σ Bin(x; n, p) over the x whose bound is at
 * least p. As bounds rise with x, that is the upper tail from the first such x.
 */
export function exactCoverage(
  bound: (wrong: number, judged: number) => number,
  judged: number,
  rate: number,
): number {
  assertWhole('judged', judged, 1)
  assertInside('rate', rate)
  let [from, to] = [0, judged]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (bound(middle, judged) >= rate) to = middle
    else from = middle + 1
  }
  return from === 0 ? 1 : binomialAtLeast(from, judged, rate)
}

/**
 * How often a gate opens on a true rate: the operating characteristic of "at most `acceptable` wrong of
 * `checked`".
 */
export function chanceOfRelease(checked: number, acceptable: number, rate: number): number {
  return binomialAtMost(acceptable, checked, rate)
}
