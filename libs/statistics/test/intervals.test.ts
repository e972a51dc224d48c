import fc from 'fast-check'
import { t } from 'tap'
import {
  betaAtMost,
  betaQuantile,
  binomialAtLeast,
  binomialAtMost,
  clopperPearson,
  designEffect,
  exactCoverage,
  hypergeometricAtMost,
  lowerBound,
  normalQuantile,
  poissonAtLeast,
  poissonAtMost,
  poissonInterval,
  poissonUpperBound,
  spreadCounts,
  upperBound,
  wilson,
} from '../src/index.ts'
import { meets } from './meets.ts'

const RUNS = { numRuns: 60 }
const PER_10_000 = 10_000

const counts = fc
  .integer({ min: 1, max: 1_000_000 })
  .chain((judged) => fc.tuple(fc.integer({ min: 0, max: judged }), fc.constant(judged)))
const rate = fc.double({ min: 1e-4, max: 0.3, noNaN: true })

t.test('E1: counts and confidences that cannot be are refused', async (t) => {
  t.throws(() => clopperPearson(2, 1), RangeError)
  t.throws(() => upperBound(-1, 10), RangeError)
  t.throws(() => upperBound(0, Number.NaN), RangeError)
  t.throws(() => lowerBound(0, 10, 1), RangeError)
  t.throws(() => poissonInterval(0.5), RangeError)
  t.throws(() => poissonInterval(1, 0), RangeError)
  t.throws(() => binomialAtMost(1, 2, 1.5), RangeError)
  t.throws(() => poissonAtMost(1, -1), RangeError)
  t.throws(() => hypergeometricAtMost(0, { size: 5, bad: 6, sample: 1 }), RangeError)
  t.throws(() => betaQuantile(0.5, 0, 1), RangeError)
  t.throws(() => normalQuantile(1), RangeError)
  t.same(clopperPearson(0, 0), { low: 0, high: 1 }, 'with nothing judged the rate may be anything')
})

t.test('E2: published Clopper-Pearson intervals are met to all their digits', async (t) => {
  const published = [
    [81, 263, '0.2527', '0.3676'],
    [15, 148, '0.0578', '0.1617'],
    [0, 20, '0.0000', '0.1684'],
    [1, 29, '0.0009', '0.1776'],
    [0, 3, '0.0000', '0.7076'],
  ] as const
  for (const [wrong, judged, low, high] of published) {
    const interval = clopperPearson(wrong, judged)
    meets(t, interval.low, low, `${wrong} of ${judged}, low`)
    meets(t, interval.high, high, `${wrong} of ${judged}, high`)
  }
  const kawado = clopperPearson(358, 104_720)
  meets(t, (358 / 104_720) * PER_10_000, '34.1864', 'Kawado 2003')
  meets(t, kawado.low * PER_10_000, '30.7416', 'Kawado 2003, low')
  meets(t, kawado.high * PER_10_000, '37.9106', 'Kawado 2003, high')
  meets(t, wilson(260, 6930).low, '0.0333', 'Mays and Mathias 2019, low')
  meets(t, wilson(260, 6930).high, '0.0423', 'Mays and Mathias 2019, high')
})

t.test('E2: the fields that Paulsen 2012 must have had follow from both intervals', async (t) => {
  const meetsBoth = (fields: number) => {
    const perThousand = (share: number) => (share * 1000).toFixed(3)
    const [one, eight] = [clopperPearson(1, fields), clopperPearson(8, fields)]
    return (
      perThousand(1 / fields) === '0.046' &&
      perThousand(8 / fields) === '0.370' &&
      perThousand(one.high) === '0.258' &&
      perThousand(eight.low) === '0.160' &&
      perThousand(eight.high) === '0.729'
    )
  }
  const fitting = Array.from({ length: 600 }, (_, at) => 21_300 + at).filter(meetsBoth)
  t.same([fitting[0], fitting.at(-1)], [21_605, 21_633])
})

t.test('E2: exact Poisson limits', async (t) => {
  const gibson = poissonInterval(4, 16_000)
  meets(t, gibson.low * PER_10_000, '0.6812', 'Gibson 1994, low')
  meets(t, gibson.high * PER_10_000, '6.4010', 'Gibson 1994, high')
  const ratio = poissonInterval(10, 5)
  meets(t, ratio.low, '0.9591', '10 of 5 expected, low')
  meets(t, ratio.high, '3.6781', '10 of 5 expected, high')
  meets(t, poissonUpperBound(40), '52.069', '40 at 95 %, one side')
  t.equal(poissonInterval(0).low, 0)
})

t.test('E3: one-sided bounds by the rule of three and beyond', async (t) => {
  meets(t, upperBound(0, 14), '0.1926', 'Hanley and Lippman-Hand 1983')
  meets(t, upperBound(0, 300), '0.0099361', '0 of 300')
  meets(t, upperBound(0, 3000) * PER_10_000, '9.9808', '0 of 3,000')
  meets(t, upperBound(2, 5000) * PER_10_000, '12.5862', '2 of 5,000')
  meets(t, upperBound(3, 200), '0.0383', 'overturned rulings')
  meets(t, wilson(3, 200).high, '0.0432', 'the same by Wilson')
  meets(t, upperBound(0, 3000) * PER_10_000, '9.9808', 'nothing wrong has a closed form')
})

t.test('E3: exact coverage; Wilson falls below what it says, so gates do not use it', async (t) => {
  meets(t, exactCoverage(upperBound, 3000, 0.0005), '1.0000', '3,000 at .0005')
  meets(t, exactCoverage(upperBound, 3000, 0.001), '0.9503', '3,000 at .001')
  meets(t, exactCoverage(upperBound, 3000, 0.003), '0.9789', '3,000 at .003')
  meets(t, exactCoverage(upperBound, 30_000, 0.0001), '0.9502', '30,000 at .0001')
  const z = normalQuantile(0.95)
  const byWilson = (wrong: number, judged: number) => wilson(wrong, judged, z).high
  meets(t, exactCoverage(byWilson, 3000, 0.001), '0.9503', 'Wilson, 3,000 at .001')
  meets(t, exactCoverage(byWilson, 3000, 0.003), '0.9453', 'Wilson, 3,000 at .003')
  const byJeffreys = (wrong: number, judged: number) =>
    betaQuantile(0.95, wrong + 0.5, judged - wrong + 0.5)
  meets(t, exactCoverage(byJeffreys, 3000, 0.001), '0.9503', 'Jeffreys, 3,000 at .001')
})

t.test('E3: an exact upper bound covers every rate as often as it says', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000 }),
      rate,
      fc.constantFrom(0.8, 0.95, 0.99),
      (judged, p, confidence) => {
        const bound = (wrong: number, of: number) => upperBound(wrong, of, confidence)
        return exactCoverage(bound, judged, p) >= confidence - 1e-9
      },
    ),
    RUNS,
  )
})

t.test('E3: bounds hold the rate, rise with errors and fall with fields', async () => {
  fc.assert(
    fc.property(counts, ([wrong, judged]) => {
      const [low, high] = [lowerBound(wrong, judged), upperBound(wrong, judged)]
      const holds = 0 <= low && low <= wrong / judged && wrong / judged <= high && high <= 1
      const risesWithErrors = wrong === judged || upperBound(wrong + 1, judged) > high
      const fallsWithFields = upperBound(wrong, judged + 1) <= high
      const wider = upperBound(wrong, judged, 0.99) >= high
      return holds && risesWithErrors && fallsWithFields && wider
    }),
    RUNS,
  )
})

t.test('E2: the Poisson interval is where its tails say, and holds the count', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (count) => {
      const { low, high } = poissonInterval(count)
      const tail = Math.abs(poissonAtMost(count, high) - 0.025) < 1e-8
      const other = count === 0 || Math.abs(poissonAtLeast(count, low) - 0.025) < 1e-8
      return tail && other && low <= count && count <= high
    }),
    RUNS,
  )
})

t.test('E2: tails of the distributions complete each other', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), rate, (count, p) => {
      const binomial = binomialAtMost(count, 300, p) + binomialAtLeast(count + 1, 300, p)
      const poisson = poissonAtMost(count, 300 * p) + poissonAtLeast(count + 1, 300 * p)
      const [a, b] = [count + 0.5, 3000]
      const beta = betaAtMost(betaQuantile(p, a, b), a, b)
      const near = (x: number, y: number) => Math.abs(x - y) < 1e-8
      return near(binomial, 1) && near(poisson, 1) && near(beta, p)
    }),
    RUNS,
  )
})

t.test('E2: the ends of the distributions are certain', async (t) => {
  t.same(
    [binomialAtMost(-1, 5, 0.5), binomialAtMost(5, 5, 0.5), binomialAtMost(0, 5, 1)],
    [0, 1, 0],
  )
  t.same(
    [binomialAtLeast(0, 5, 0), binomialAtLeast(6, 5, 0.5), binomialAtLeast(5, 5, 1)],
    [1, 0, 1],
  )
  t.same([poissonAtMost(0, 0), poissonAtLeast(1, 0), poissonAtMost(-1, 3)], [1, 0, 0])
  t.same([betaAtMost(0, 1, 1), betaAtMost(1, 1, 1)], [0, 1])
})

t.test('E4: fields of one page count for fewer', async (t) => {
  const spread = spreadCounts({ wrong: 20, judged: 8000 }, 20, 0.15)
  meets(t, spread.designEffect, '3.8500', '20 fields a page, correlated by .15')
  meets(t, spread.judged, '2077.9221', '8,000 ÷ 3.85')
  t.ok(upperBound(spread.wrong, spread.judged) > upperBound(20, 8000), 'a wider bound')
  t.same(spreadCounts({ wrong: 1, judged: 9 }, 1, 1), { wrong: 1, judged: 9, designEffect: 1 })
  t.throws(() => spreadCounts({ wrong: 1, judged: 9 }, 0, 0.1), RangeError)
})

t.test('E4: how much fewer is measured by how errors come together on pages', async (t) => {
  const sumsOf = (pages: readonly (readonly [judged: number, wrong: number])[]) => {
    const sum = (of: (judged: number, wrong: number) => number) =>
      pages.reduce((total, [judged, wrong]) => total + of(judged, wrong), 0)
    return {
      pages: pages.length,
      judged: sum((judged) => judged),
      wrong: sum((_, wrong) => wrong),
      judgedSquares: sum((judged) => judged * judged),
      wrongSquares: sum((_, wrong) => wrong * wrong),
      judgedByWrong: sum((judged, wrong) => judged * wrong),
    }
  }
  const even = Array.from({ length: 100 }, () => [10, 1] as const)
  const lumped = even.map((_, at) => [10, at % 10 === 0 ? 10 : 0] as const)
  t.equal(designEffect(sumsOf(even)), 1, 'an error a page')
  meets(
    t,
    designEffect(sumsOf(lumped)),
    '10.1010',
    'whole pages: 10 fields say what one does, × 100/99',
  )
  t.equal(designEffect(sumsOf([[10, 3]])), 1, 'one page tells nothing')
  t.equal(designEffect(sumsOf([])), 1)
  const page = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(60)).map(([judged, wrong]) => {
    return [judged, Math.min(judged, wrong)] as const
  })
  fc.assert(
    fc.property(fc.array(page, { maxLength: 20 }), (pages) => designEffect(sumsOf(pages)) >= 1),
    { numRuns: 50 },
  )
})
