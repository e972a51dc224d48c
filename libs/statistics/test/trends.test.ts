import fc from 'fast-check'
import { t } from 'tap'
import {
  bernoulliReference,
  CUSUM_LIMIT,
  cusumRunLength,
  cusumWeights,
  ewma,
  type PageWeights,
  pagedCusum,
  riskAdjustedCusum,
  tabularCusum,
} from '../src/index.ts'
import { meets } from './meets.ts'
import { seeded } from './seeded.ts'

/** NIST/SEMATECH e-Handbook, 6.3.2.4. */
const NIST = [
  52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2,
  52.6, 52.4, 53.6, 52.1,
]
/** Montgomery, Introduction to Statistical Quality Control, table 9.1. */
const MONTGOMERY = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08,
  9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
]

t.test('E11: the moving average of the NIST handbook', async (t) => {
  const points = ewma(NIST, { centre: 50, deviation: 2.0539, weight: 0.3 })
  meets(t, points[0]?.value, '50.60', 'first')
  meets(t, points.at(-1)?.value, '51.9882', 'last')
  const late = ewma(new Array(200).fill(50), { centre: 50, deviation: 2.0539, weight: 0.3 }).at(-1)
  meets(t, late?.high, '52.5884', 'high')
  meets(t, late?.low, '47.4116', 'low')
  t.ok((points[0]?.high ?? 0) < (points[1]?.high ?? 0), 'limits widen at the start')
  t.throws(() => ewma([], { centre: 0, deviation: 1, weight: 0 }), RangeError)
})

t.test("E11: the cumulative sums of Montgomery's example", async (t) => {
  const { up, signalAt } = tabularCusum(MONTGOMERY, { centre: 10, slack: 0.5, limit: 5 })
  meets(t, up[28], '5.28', 'the 29th')
  meets(t, up[29], '5.30', 'the 30th')
  t.equal(signalAt, 28, 'the 29th value signals')
  t.equal(tabularCusum([10], { centre: 10, slack: 0.5, limit: 5 }).signalAt, null)
  const low = new Array(8).fill(8.5)
  t.equal(tabularCusum(low, { centre: 10, slack: 0.5, limit: 5 }).signalAt, 5, 'downwards')
})

t.test('E11: the reference value of a Bernoulli CUSUM', async (t) => {
  const { r1, r2, reference } = bernoulliReference(0.005, 0.015)
  meets(t, r1, '0.010101', 'r1')
  meets(t, r2, '1.108713', 'r2')
  meets(t, reference, '0.0091106', 'reference')
  t.throws(() => bernoulliReference(0.01, 0.01), RangeError)
})

t.test('E12: what a field adds to the risk-adjusted sum', async (t) => {
  meets(t, cusumWeights(0.05).wrong, '0.644357', 'wrong at .05')
  meets(t, cusumWeights(0.05).right, '-0.048790', 'right at .05')
  meets(t, cusumWeights(0.002).wrong, '0.691149', 'wrong at .002')
  meets(t, cusumWeights(0.002).right, '-0.001998', 'right at .002')
  t.throws(() => cusumWeights(0), RangeError)
  t.throws(() => cusumWeights(0.1, 1), RangeError)
})

t.test('E12: how many fields pass until a signal', async (t) => {
  const run = (limit: number, timesOdds: number) =>
    cusumRunLength({ expected: 0.01, timesOdds, limit })
  const published = [
    [4, 21_114, 864],
    [4.5, 35_706, 995],
    [5.5, 100_117, 1258],
  ] as const
  for (const [limit, inControl, doubled] of published) {
    t.ok(Math.abs(run(limit, 1) / inControl - 1) < 0.01, `${limit}: ${run(limit, 1)}`)
    t.ok(Math.abs(run(limit, 2) / doubled - 1) < 0.01, `${limit}, doubled: ${run(limit, 2)}`)
  }
  t.equal(CUSUM_LIMIT, 5.5)
  t.throws(() => cusumRunLength({ expected: 1e-9, timesOdds: 1 }), RangeError)
})

t.test('E12: the chain tells what a simulation of the chart sees', async (t) => {
  const random = seeded(8)
  const q = 0.02 / 1.01
  const runs = 1500
  let fields = 0
  for (let run = 0; run < runs; run += 1) {
    const weights = cusumWeights(0.01)
    for (let sum = 0; sum < CUSUM_LIMIT; fields += 1) {
      sum = Math.max(0, sum + (random() < q ? weights.wrong : weights.right))
    }
  }
  const expected = cusumRunLength({ expected: 0.01, timesOdds: 2 })
  t.ok(Math.abs(fields / runs / expected - 1) < 0.06, `${fields / runs} against ${expected}`)
})

t.test('E12: the chart never falls below 0, signals at its limit and starts anew', async (t) => {
  const field = fc.record({
    wrong: fc.boolean(),
    expected: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(field, { maxLength: 200 }), (fields) => {
      const { sums, signals } = riskAdjustedCusum(fields)
      const signalled = sums.flatMap((sum, at) => (sum >= CUSUM_LIMIT ? [at] : []))
      return sums.every((sum) => sum >= 0) && signals.join() === signalled.join()
    }),
    { numRuns: 40 },
  )
  const bad = new Array(30).fill({ wrong: true, expected: 0.01 })
  t.same(riskAdjustedCusum(bad).signals, [8, 17, 26])
})

t.test(
  'E12: over pages of one field the same chart, and order of errors bounds others',
  async (t) => {
    const field = fc.record({
      wrong: fc.boolean(),
      expected: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(field, { maxLength: 80, size: 'max' }), (fields) => {
        const weighed = fields.map(({ wrong, expected }): PageWeights => {
          const weights = cusumWeights(expected)
          return wrong ? { right: 0, wrong: [weights.wrong] } : { right: weights.right, wrong: [] }
        })
        t.same(pagedCusum(weighed), riskAdjustedCusum(fields))
        const page: PageWeights = {
          right: weighed.reduce((all, { right }) => all + right, 0),
          wrong: weighed.flatMap(({ wrong }) => wrong),
        }
        const unlimited = 1000
        const [sum = 0] = pagedCusum([page], unlimited).sums
        const errors = fields.filter(({ wrong }) => wrong)
        const right = fields.filter(({ wrong }) => !wrong)
        const last = (order: typeof fields) => riskAdjustedCusum(order, unlimited).sums.at(-1) ?? 0
        t.ok(sum >= last([...errors, ...right]) - 1e-9, 'not below errors first')
        t.ok(sum <= last([...right, ...errors]) + 1e-9, 'not above errors last')
      }),
      { numRuns: 60 },
    )
    t.throws(() => pagedCusum([], 0), RangeError)
  },
)
