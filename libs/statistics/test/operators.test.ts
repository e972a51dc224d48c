import fc from 'fast-check'
import { t } from 'tap'
import {
  chanceAtMost,
  chanceRight,
  comparableGroups,
  correctForAgreedErrors,
  correctForArbiters,
  errorRatio,
  fitDifficulty,
  fitLogistic,
  fitPrior,
  measurePace,
  PRIOR_AT_START,
  rankOperators,
  shrinkRate,
  standardise,
} from '../src/index.ts'
import { meets } from './meets.ts'

const RUNS = { numRuns: 60 }
const SIX = [
  { name: 'A', wrong: 0, judged: 3 },
  { name: 'B', wrong: 12, judged: 2000 },
  { name: 'C', wrong: 30, judged: 3000 },
  { name: 'D', wrong: 9, judged: 500 },
  { name: 'E', wrong: 55, judged: 5000 },
  { name: 'F', wrong: 4, judged: 1500 },
]
/** Simpson's paradox: operator 1 got the hard books. */
const SIMPSON = [
  { operator: '1', stratum: 'easy', wrong: 2, judged: 400 },
  { operator: '1', stratum: 'hard', wrong: 30, judged: 600 },
  { operator: '2', stratum: 'easy', wrong: 6, judged: 900 },
  { operator: '2', stratum: 'hard', wrong: 9, judged: 100 },
]

t.test('E5: the prior of six operators', async (t) => {
  const prior = fitPrior(SIX)
  if (prior === null) throw new Error('no prior')
  meets(t, prior.mean, '0.0089557', 'mean')
  meets(t, prior.precision, '594.16', 'precision')
  meets(t, prior.logLikelihood, '-623.4432', 'log-likelihood')
  const means = ['0.00891', '0.00668', '0.00983', '0.01309', '0.01078', '0.00445']
  const uppers = ['0.01602', '0.00950', '0.01268', '0.01920', '0.01315', '0.00708']
  for (const [at, operator] of SIX.entries()) {
    const { mean, upper } = shrinkRate(operator, prior)
    meets(t, mean, means[at] ?? '', `${operator.name}, mean`)
    meets(t, upper, uppers[at] ?? '', `${operator.name}, upper`)
  }
})

t.test('E5: too few operators, or none who erred, give no prior', async (t) => {
  t.equal(fitPrior(SIX.slice(1)), null)
  t.equal(fitPrior(SIX.map(({ judged }) => ({ wrong: 0, judged }))), null)
  t.equal(fitPrior([...SIX.slice(1), { wrong: 0, judged: 0 }]), null, 'nothing judged is nobody')
  t.throws(() => fitPrior([{ wrong: 2, judged: 1 }]), RangeError)
})

t.test('E6: rates shrunk by the prior that holds at the start', async (t) => {
  const [few, many] = [
    { wrong: 0, judged: 3 },
    { wrong: 12, judged: 2000 },
  ]
  meets(t, shrinkRate(few, PRIOR_AT_START).mean, '0.0098039', '0 of 3')
  meets(t, shrinkRate(many, PRIOR_AT_START).mean, '0.0062791', '12 of 2,000')
  meets(t, shrinkRate(few, PRIOR_AT_START).upper, '0.025420', '0 of 3, upper')
  meets(t, shrinkRate(many, PRIOR_AT_START).upper, '0.0093166', '12 of 2,000, upper')
  meets(t, chanceAtMost(0.01, few, PRIOR_AT_START), '0.6161', '0 of 3, at most 1 %')
  meets(t, chanceAtMost(0.01, many, PRIOR_AT_START), '0.9743', '12 of 2,000, at most 1 %')
  const client = { alpha: 0.5, beta: 1500 }
  const ten = { wrong: 0, judged: 10_000 }
  const twenty = { wrong: 0, judged: 20_000 }
  meets(t, chanceAtMost(1e-4, ten, client), '0.8706', '0 of 10,000')
  meets(t, chanceAtMost(1e-4, twenty, client), '0.9619', '0 of 20,000')
  meets(t, shrinkRate(twenty, client).upper * 10_000, '0.8933', '0 of 20,000, upper')
})

t.test('E6: a posterior lies between data and prior, and its bound rises with errors', async () => {
  const counted = fc
    .integer({ min: 1, max: 100_000 })
    .chain((judged) => fc.record({ judged: fc.constant(judged), wrong: fc.nat(judged) }))
  const prior = fc.record({
    alpha: fc.double({ min: 0.1, max: 50, noNaN: true }),
    beta: fc.double({ min: 1, max: 5000, noNaN: true }),
  })
  fc.assert(
    fc.property(counted, prior, ({ wrong, judged }, { alpha, beta }) => {
      const { mean, upper } = shrinkRate({ wrong, judged }, { alpha, beta })
      const [seen, before] = [wrong / judged, alpha / (alpha + beta)]
      const between =
        mean >= Math.min(seen, before) - 1e-12 && mean <= Math.max(seen, before) + 1e-12
      const more = shrinkRate({ wrong: wrong + 1, judged: judged + 1 }, { alpha, beta }).upper
      return between && upper > mean * 0.99 && more > upper
    }),
    RUNS,
  )
})

t.test('E6: ranked by the upper bound, a beginner is not the best and gets no rank', async (t) => {
  const prior = fitPrior(SIX) ?? PRIOR_AT_START
  const ranked = rankOperators(SIX, prior)
  t.same(
    ranked.map(({ name, rank }) => [name, rank]),
    [
      ['F', 1],
      ['B', 2],
      ['C', 3],
      ['E', 4],
      ['D', 5],
      ['A', null],
    ],
  )
  const upper = SIX.map((operator) => shrinkRate(operator, prior).upper).toSorted((a, b) => a - b)
  t.equal(upper.indexOf(shrinkRate(SIX[0] ?? PRIOR_LESS, prior).upper), 4, '0 of 3 is fifth of six')
  const same = rankOperators(
    [SIX[1], SIX[1], SIX[4]].flatMap((one) => one ?? []),
    prior,
  )
  t.same(
    same.map(({ rank }) => rank),
    [1, 1, 3],
  )
})

const PRIOR_LESS = { wrong: 0, judged: 0 }

t.test('E7: agreed errors are added to the rate that arbitration sees', async (t) => {
  meets(t, correctForAgreedErrors(0.0095, 0.117), '0.0107588', '95 in 10,000')
  t.equal(correctForAgreedErrors(0.0095), correctForAgreedErrors(0.0095, 0.117), 'at the start')
  t.equal(correctForAgreedErrors(0.95, 0.5), 1, 'never above 1')
  t.throws(() => correctForAgreedErrors(0.1, 1), RangeError)
})

t.test('E7: what careless arbiters charged to the wrong one is given back', async (t) => {
  const share = fc.double({ min: 0, max: 0.3, noNaN: true })
  fc.assert(
    fc.property(share, share, share, (own, partners, error) => {
      const [seen, seenOfPartners] = [
        own * (1 - error) + partners * error,
        partners * (1 - error) + own * error,
      ]
      return Math.abs(correctForArbiters(seen, seenOfPartners, error) - own) < 1e-12
    }),
  )
  t.equal(correctForArbiters(0.001, 0.2, 0.03), 0, 'never below 0')
  t.equal(correctForArbiters(0.95, 0, 0.1), 1, 'never above 1')
  t.throws(() => correctForArbiters(0.1, 0.1, 0.5), RangeError)
  t.throws(() => correctForArbiters(0.1, 0.1, -0.1), RangeError)
})

t.test('E8: who gets the hard books is not blamed for them', async (t) => {
  const [one, two] = standardise(SIMPSON)
  meets(t, one?.expected, '35.8901', 'expected of 1')
  meets(t, two?.expected, '11.1099', 'expected of 2')
  meets(t, one?.ratio, '0.8916', 'ratio of 1')
  meets(t, two?.ratio, '1.3501', 'ratio of 2')
  t.equal(errorRatio(10, 5).shrunk, 1.2)
  meets(t, errorRatio(10, 5).interval?.low, '0.9591', 'low')
  meets(t, errorRatio(10, 5).interval?.high, '3.6781', 'high')
  t.same(errorRatio(0, 0), { ratio: null, interval: null, shrunk: 1 })
  t.same(standardise([{ operator: '1', stratum: 's', wrong: 0, judged: 0 }])[0]?.ratio, null)
})

t.test('E8: errors expected are as many as were made, however they are spread', async () => {
  const cell = fc.record({
    operator: fc.constantFrom('a', 'b', 'c'),
    stratum: fc.constantFrom('x', 'y'),
    wrong: fc.nat(20),
    judged: fc.integer({ min: 20, max: 500 }),
  })
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), (cells) => {
      const sums = standardise(cells)
      const made = sums.reduce((sum, { observed }) => sum + observed, 0)
      const expected = sums.reduce((sum, one) => sum + one.expected, 0)
      return Math.abs(made - expected) < 1e-6
    }),
    RUNS,
  )
})

t.test('E9: the same by logistic regression', async (t) => {
  const terms = { '1easy': [0], '1hard': [0, 2], '2easy': [0, 1], '2hard': [0, 1, 2] } as const
  const rows = SIMPSON.map(({ operator, stratum, ...counted }) => ({
    terms: terms[`${operator}${stratum}` as keyof typeof terms],
    ...counted,
  }))
  const { coefficients, deviations, converged } = fitLogistic(rows, [0, 0, 0])
  t.ok(converged)
  meets(t, coefficients[1], '0.5690', 'operator 2 against 1')
  meets(t, coefficients[2], '2.5789', 'hard against easy')
  meets(t, Math.exp(coefficients[1] ?? 0), '1.7665', 'odds ratio')
  t.ok(deviations.every((deviation) => deviation > 0 && deviation < 1))
  meets(t, chanceRight(2, 1.5), '0.9526', 'Whitehill et al. 2009')
})

t.test('E9: without a maximum there is no fit, and with a ridge there always is', async (t) => {
  const never = [{ terms: [0], wrong: 0, judged: 50 }]
  t.equal(fitLogistic(never, [0]).converged, false)
  t.equal(fitLogistic(never, [1]).converged, true)
  t.throws(() => fitLogistic(never, new Array(2001).fill(1)), RangeError)
  const fit = fitDifficulty(
    SIMPSON.map(({ stratum, ...count }) => ({ ...count, causes: [`book:${stratum}`] })),
  )
  const worse = fit?.operators.get('2')?.logOdds ?? 0
  t.ok(worse > 0 && worse < 0.569 / 2 + 0.05, 'shrunk towards the average, and still the worse')
  t.ok((fit?.causes.get('book:hard')?.logOdds ?? 0) > (fit?.causes.get('book:easy')?.logOdds ?? 0))
  t.ok(fitDifficulty([{ operator: 'a', causes: [], wrong: 0, judged: 9 }]), 'no error at all')
})

t.test('E9: only operators who share strata, directly or over others, are compared', async (t) => {
  const at = (operator: string, stratum: string) => ({ operator, stratum })
  const counts = [
    at('a', 'x'),
    at('b', 'x'),
    at('c', 'z'),
    at('b', 'y'),
    at('d', 'y'),
    at('e', 'z'),
  ]
  t.same(
    comparableGroups(counts)
      .map((group) => group.toSorted().join(''))
      .toSorted(),
    ['abd', 'ce'],
  )
  t.same(comparableGroups([]), [])
})

t.test('E10: pace while working, breaks left out', async (t) => {
  const pace = measurePace([4.1, 5.0, 3.8, 4.4, 180, 4.9, 5.2, 4.0, 61, 4.6])
  meets(t, pace.medianGapSeconds, '4.75', 'median')
  t.equal(pace.idleFromSeconds, 30)
  meets(t, pace.activeSeconds, '36.0', 'active')
  meets(t, pace.perActiveHour, '800.0', 'an hour')
  t.equal(pace.kept, 8)
  t.match(measurePace([]), { medianGapSeconds: null, perActiveHour: null, activeSeconds: 0 })
})
