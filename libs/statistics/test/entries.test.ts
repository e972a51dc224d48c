import fc from 'fast-check'
import { t } from 'tap'
import {
  arbiterError,
  benjaminiHochberg,
  binomialAtLeast,
  codedPosterior,
  dawidSkene,
  expectedDifferences,
  expectedWrongAlike,
  poolReadings,
  testFewDifferences,
  testManyWrongAlike,
  testOrderBias,
  testWrongAlike,
  textPosterior,
  thirdEntryFirst,
  threeAccuracies,
  type Vote,
} from '../src/index.ts'
import { meets } from './meets.ts'
import { seeded } from './seeded.ts'

/** Dawid and Skene 1979: 45 patients; the first anaesthetist saw each three times. */
const PATIENTS = `
1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343
1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222
1111111 1111111 2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343
2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222`
  .trim()
  .split(/\s/)
const OBSERVERS = [0, 0, 0, 1, 2, 3, 4]
const TINY = ['111', '111', '112', '222', '222', '221', '122', '112']

function votesOf(rows: readonly string[], people: readonly number[]): Vote[][] {
  return rows.map((row) =>
    [...row].map((code, at) => ({ person: people[at] ?? 0, code: Number(code) - 1 })),
  )
}

t.test('E25: wrong alike too often where both are wrong', async (t) => {
  meets(t, testWrongAlike(3, [0.1, 0.2, 0.3, 0.4, 0.5]), '0.1500', 'unequal coins')
  const twelve = testWrongAlike(9, new Array(12).fill(0.2))
  meets(t, twelve * 1e5, '6.2198', '9 of 12')
  t.ok(Math.abs(twelve - binomialAtLeast(9, 12, 0.2)) < 1e-15, 'equal coins are binomial')
  t.equal(testWrongAlike(0, []), 1)
  t.throws(() => testWrongAlike(2, [0.5]), RangeError)
  t.throws(() => testWrongAlike(1, [1.5]), RangeError)
})

t.test('E25: more same errors, and fewer differences, than expected', async (t) => {
  const shared = [{ fields: 4000, rates: [0.01, 0.012] as const, collision: 0.2 }]
  t.ok(Math.abs(expectedWrongAlike(shared, 10) - 0.96) < 1e-12)
  meets(t, testManyWrongAlike(6, 0.96) * 1e4, '4.8101', 'six of .96')
  t.ok(Math.abs(expectedDifferences(shared) - 4000 * (0.022 - 0.00012 * 1.2)) < 1e-9)
  t.ok(testFewDifferences(40, expectedDifferences(shared)) < 1e-5, '40 where 87 are expected')
  t.ok(testFewDifferences(90, expectedDifferences(shared)) > 0.5)
})

t.test('E26: the p-values of Benjamini and Hochberg 1995', async (t) => {
  const values = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ]
  const found = benjaminiHochberg(values)
  t.equal(found.filter(({ flagged }) => flagged).length, 4)
  meets(t, found[3]?.adjusted, '0.035625', 'the fourth')
  meets(t, found[4]?.adjusted, '0.060300', 'the fifth')
  t.same(benjaminiHochberg(values.toReversed()), found.toReversed(), 'in whatever order')
  t.same(benjaminiHochberg([]), [])
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
      const all = benjaminiHochberg(p)
      const bonferroni = p.filter((value) => value <= 0.05 / p.length).length
      return (
        all.every(({ adjusted }, at) => adjusted >= (p[at] ?? 0) - 1e-15 && adjusted <= 1) &&
        all.filter(({ flagged }) => flagged).length >= bonferroni
      )
    }),
    { numRuns: 60 },
  )
})

t.test('E27: the anaesthetists of Dawid and Skene', async (t) => {
  const found = dawidSkene(votesOf(PATIENTS, OBSERVERS), { codes: 4, smoothing: 0 })
  const marginals = ['0.3996', '0.4220', '0.1118', '0.0667']
  for (const [at, marginal] of marginals.entries()) {
    meets(t, found.prevalence[at], marginal, `class ${at + 1}`)
  }
  meets(t, found.logLikelihood, '-192.8909', 'log-likelihood')
  meets(t, found.confusions[0]?.[0]?.[0], '0.8895', 'observer 1, 1 for 1')
  meets(t, found.confusions[0]?.[1]?.[1], '0.8764', 'observer 1, 2 for 2')
  meets(t, found.confusions[1]?.[1]?.[2], '0.3143', 'observer 2, 3 for 2')
  const variant = PATIENTS.map((row, at) => (at === 6 ? '1122111' : row))
  const other = dawidSkene(votesOf(variant, OBSERVERS), { codes: 4, smoothing: 0 })
  meets(t, other.logLikelihood, '-190.7310', 'the variant copy')
  const differing = PATIENTS.flatMap((row, at) => {
    const counts = [1, 2, 3, 4].map((code) => row.split(String(code)).length - 1)
    const [plurality, likeliest] = [highest(counts), highest(found.posteriors[at] ?? [])]
    return plurality === likeliest ? [] : [[at + 1, plurality, likeliest]]
  })
  t.same(differing, [
    [2, 3, 4],
    [12, 2, 3],
    [36, 3, 4],
  ])
})

function highest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values)) + 1
}

t.test('E27: an example that can be followed by hand', async (t) => {
  const votes = votesOf(TINY, [0, 1, 2])
  const once = dawidSkene(votes, { codes: 2, smoothing: 0, stepsMax: 1 })
  meets(t, once.prevalence[0], '0.5000', 'p1')
  t.ok(Math.abs((once.confusions[0]?.[0]?.[0] ?? 0) - 11 / 12) < 1e-12, 'typist 1')
  t.ok(Math.abs((once.confusions[2]?.[0]?.[0] ?? 0) - 7 / 12) < 1e-12, 'typist 3')
  meets(t, once.posteriors[2]?.[0], '0.8730', 'thing 3')
  meets(t, once.posteriors[6]?.[0], '0.2157', 'thing 7')
  const { confusions, logLikelihood } = dawidSkene(votes, { codes: 2, smoothing: 0 })
  t.ok(Math.abs((confusions[2]?.[0]?.[0] ?? 0) - 0.5) < 1e-4, 'typist 3, converged')
  t.ok(Math.abs((confusions[0]?.[1]?.[1] ?? 0) - 0.75) < 1e-4, 'typist 1, converged')
  meets(t, logLikelihood, '-12.8164', 'log-likelihood')
})

t.test('E27: probabilities add up, and the likelihood never falls', async () => {
  const vote = fc.record({ person: fc.nat(3), code: fc.nat(2) })
  const thing = fc.array(vote, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(thing, { minLength: 2, maxLength: 15 }), (things) => {
      const steps = [1, 2, 5, 20].map((stepsMax) => {
        return dawidSkene(things, { codes: 3, stepsMax, smoothing: 0 })
      })
      const rises = steps.every(
        ({ logLikelihood }, at) =>
          logLikelihood >= (steps[at - 1]?.logLikelihood ?? -Infinity) - 1e-9,
      )
      const sumsUp = steps.every(({ posteriors, prevalence }) =>
        [...posteriors, prevalence].every((row) => Math.abs(sum(row) - 1) < 1e-9),
      )
      return rises && sumsUp
    }),
    { numRuns: 40 },
  )
})

t.test('E27: what cannot be is refused', async (t) => {
  t.throws(() => dawidSkene([[]], { codes: 2 }), RangeError)
  t.throws(() => dawidSkene([[{ person: 0, code: 2 }]], { codes: 2 }), RangeError)
  t.throws(() => dawidSkene([[{ person: 0, code: 0 }]], { codes: 10_000 }), RangeError)
})

t.test('E28: how probable each reading of an open text is', async (t) => {
  const two = textPosterior([reading('a', 0.01), reading('b', 0.03)], 0.1)
  meets(t, two.values.get('a'), '0.753234', 'a against b')
  const three = textPosterior([reading('a', 0.01), reading('b', 0.03), reading('a', 0.05)], 0.1)
  meets(t, three.values.get('a'), '0.998279', 'a, b, a')
  const alike = textPosterior([reading('a', 0.01), reading('a', 0.01)], 0.1)
  meets(t, alike.values.get('a'), '0.99999898', 'a, a')
  t.ok(Math.abs(sum([...two.values.values()]) + two.other - 1) < 1e-12)
  t.throws(() => textPosterior([reading('a', 0)], 0.1), RangeError)
})

t.test('E28: pooled readings find who errs and prefer who does not', async (t) => {
  const random = seeded(3)
  const errors = [0.02, 0.05, 0.4]
  const things = Array.from({ length: 400 }, () =>
    errors.map((error, person) => ({
      person,
      value: random() < error ? `wrong ${Math.floor(random() * 50)}` : 'right',
    })),
  )
  const pooled = poolReadings(things)
  for (const [person, error] of errors.entries()) {
    t.ok(Math.abs((pooled.errors[person] ?? 9) - error) < 0.05, `${pooled.errors[person]}`)
  }
  const pair = poolReadings([
    ...things,
    [
      { person: 0, value: 'x' },
      { person: 2, value: 'y' },
    ],
  ])
  const last = pair.posteriors.at(-1)
  t.ok((last?.get('x') ?? 0) > (last?.get('y') ?? 1))
  t.same(poolReadings([]), { posteriors: [], errors: [] })
})

t.test('E29: three people whose errors are independent know their accuracies', async (t) => {
  const found = threeAccuracies({ firstSecond: 0.82, firstThird: 0.74, secondThird: 0.68 })
  meets(t, found?.[0], '0.9619', 'the first')
  meets(t, found?.[1], '0.8464', 'the second')
  meets(t, found?.[2], '0.7598', 'the third')
  t.equal(threeAccuracies({ firstSecond: 0.5, firstThird: 0.7, secondThird: 0.7 }), null)
})

t.test('E29: a third entry or an arbiter, by what they cost', async (t) => {
  const costs = { thirdEntry: 1, arbiter: 2.5, error: 200, arbiterError: 0.02 }
  const found = thirdEntryFirst({ ...costs, noMajority: 0.1, thirdRepeatsError: 0.004 })
  t.equal(found.better, true)
  meets(t, found.arbiterAtOnce, '6.5', 'the arbiter')
  meets(t, found.thirdFirst, '2.37', 'the third entry')
  const alike = thirdEntryFirst({ ...costs, noMajority: 0.1, thirdRepeatsError: 0.05 })
  t.equal(alike.better, false, 'where typists share their misreadings')
})

t.test('E30: arbiters: what is shown first, and how often they err', async (t) => {
  const bias = testOrderBias(560, 1000)
  meets(t, bias?.z, '3.7947', 'z')
  meets(t, (bias?.pValue ?? 0) * 1e4, '1.6505', 'p')
  t.ok(Math.abs((testOrderBias(440, 1000)?.pValue ?? 0) - (bias?.pValue ?? 1)) < 1e-12, 'two-sided')
  t.equal(testOrderBias(5, 10)?.pValue, 1)
  t.equal(testOrderBias(0, 0), null)
  meets(t, arbiterError(0.05), '0.0256584', '5 % disagree')
  t.equal(arbiterError(0), 0)
  t.equal(arbiterError(0.5), null)
  t.throws(() => arbiterError(-0.1), RangeError)
})

function reading(value: string, error: number) {
  return { value, error }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

t.test('E27: a majority of codes is as probable as those who gave it are right', (t) => {
  const given = (value: string, error: number) => ({ value, error })
  const careless = [given('a', 0.1), given('a', 0.1), given('b', 0.005)]
  meets(
    t,
    codedPosterior(careless, 2).get('a') ?? 0,
    '.2893',
    'two careless people and a careful one',
  )
  const known = [given('a', 0.01), given('b', 0.02), given('a', 0.03)]
  // .99 × .02 × .97 against .01 × .98 × .03.
  meets(t, codedPosterior(known, 2).get('a') ?? 0, '.9849', 'three who are known')
  t.throws(() => codedPosterior([given('a', 0), given('b', 0.1)], 2), RangeError)
  t.throws(() => codedPosterior([given('a', 0.1), given('b', 0.1), given('c', 0.1)], 2), RangeError)
  const error = fc.double({ min: 0.001, max: 0.5, noNaN: true })
  fc.assert(
    fc.property(error, error, error, fc.integer({ min: 2, max: 40 }), (one, two, three, codes) => {
      const votes = [given('a', one), given('b', two), given('a', three)]
      const posterior = codedPosterior(votes, codes)
      const sum = (posterior.get('a') ?? 0) + (posterior.get('b') ?? 0)
      const more = codedPosterior(votes, codes + 1).get('a') ?? 0
      return sum <= 1 + 1e-12 && (codes > 2 || Math.abs(sum - 1) < 1e-12) && more >= 0 && more <= 1
    }),
  )
  t.end()
})
