import fc from 'fast-check'
import { t } from 'tap'
import { wilson } from '../src/index.ts'

/** Any counts that can happen: judged, and as many of them wrong. */
const counts = fc
  .integer({ min: 1, max: 5_000_000 })
  .chain((judged) => fc.tuple(fc.integer({ min: 0, max: judged }), fc.constant(judged)))

t.test('published intervals are met to all their digits', async (t) => {
  // Newcombe, Statistics in Medicine 17 (1998), 857–872; the last one is the formula's own.
  const published = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [0, 3, 0, 0.5615],
  ] as const
  for (const [wrong, judged, low, high] of published) {
    const interval = wilson(wrong, judged)
    t.equal(interval.low.toFixed(4), low.toFixed(4), `${wrong} of ${judged}: low`)
    t.equal(interval.high.toFixed(4), high.toFixed(4), `${wrong} of ${judged}: high`)
  }
})

t.test('with nothing judged the rate may be anything', async (t) => {
  t.same(wilson(0, 0), { low: 0, high: 1 })
})

t.test('the interval lies within 0 and 1 and holds the rate', async () => {
  fc.assert(
    fc.property(counts, ([wrong, judged]) => {
      const { low, high } = wilson(wrong, judged)
      return 0 <= low && low <= wrong / judged && wrong / judged <= high && high <= 1
    }),
  )
})

t.test('the interval shrinks when the same rate is seen more often', async () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 2, max: 1000 }), ([wrong, judged], times) => {
      return width(wrong * times, judged * times) < width(wrong, judged)
    }),
  )
})

t.test('one more error raises both limits', async () => {
  fc.assert(
    fc.property(counts, ([wrong, judged]) => {
      fc.pre(wrong < judged)
      const [fewer, more] = [wilson(wrong, judged), wilson(wrong + 1, judged)]
      return fewer.low < more.low && fewer.high < more.high
    }),
  )
})

t.test('errors mirror successes', async () => {
  fc.assert(
    fc.property(counts, ([wrong, judged]) => {
      const [errors, successes] = [wilson(wrong, judged), wilson(judged - wrong, judged)]
      return Math.abs(errors.low + successes.high - 1) < 1e-12
    }),
  )
})

t.test('counts that cannot be are refused', async (t) => {
  const impossible = [
    [-1, 10],
    [11, 10],
    [0, -1],
    [Number.NaN, 10],
    [0, Number.POSITIVE_INFINITY],
  ] as const
  for (const [wrong, judged] of impossible) t.throws(() => wilson(wrong, judged), RangeError)
  for (const z of [0, -1, Number.NaN]) t.throws(() => wilson(1, 2, z), RangeError)
})

function width(wrong: number, judged: number): number {
  const { low, high } = wilson(wrong, judged)
  return high - low
}
