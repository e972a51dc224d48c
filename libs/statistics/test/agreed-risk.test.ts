/** Rules E34 and E35 of docs/spec/statistics.md: what two people agree on, and whether a third one is worth it. */
import fc from 'fast-check'
import { t } from 'tap'
import { type AgreedField, agreedRisk, thirdOfAgreed } from '../src/index.ts'
import { meets } from './meets.ts'

const USUAL: AgreedField = {
  errors: [0.01, 0.01],
  differences: 0,
  expectedDifferences: 0,
  marked: 0,
  odd: false,
}

t.test('E34: a risk by hand', async (t) => {
  // e = .01/.883 = .011325; r = .117e = .0013250; ÷ (1 − e)² = .0013556 : 1; a page of which nothing is known
  meets(t, agreedRisk(USUAL) * 1e4, '13.5372', 'a usual page')
  // (2 + 3)(3 + 3)/(2 + 1)² ÷ 1.5 = 2.2222 times the odds
  const hard = { ...USUAL, differences: 3, expectedDifferences: 1 }
  meets(t, agreedRisk(hard) * 1e4, '30.0330', 'three differences where one is expected')
  t.ok(
    agreedRisk({ ...USUAL, errors: [0.0001, 0.2] }) < 0.0002,
    'at most the more careful one errs',
  )
})

t.test('E34: from 0 to 1, and higher with each reason', async (t) => {
  const share = fc.double({ min: 0.0001, max: 0.9, noNaN: true })
  const field = fc.record({
    errors: fc.tuple(share, share),
    coincidence: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
    differences: fc.nat(40),
    expectedDifferences: fc.double({ min: 0, max: 40, noNaN: true }),
    marked: fc.nat(2),
    odd: fc.boolean(),
  })
  const more = fc.record({
    first: fc.double({ min: 0, max: 0.09, noNaN: true }),
    coincidence: fc.double({ min: 0, max: 0.09, noNaN: true }),
    differences: fc.nat(5),
    fewerExpected: fc.double({ min: 0, max: 1, noNaN: true }),
    marked: fc.nat(2),
    odd: fc.boolean(),
  })
  fc.assert(
    fc.property(field, more, (one, by) => {
      const risk = agreedRisk(one)
      const worse: Partial<AgreedField>[] = [
        { errors: [one.errors[0] + by.first, one.errors[1]] },
        { errors: [one.errors[0], one.errors[1] + by.first] },
        { coincidence: one.coincidence + by.coincidence },
        { differences: one.differences + by.differences },
        { expectedDifferences: one.expectedDifferences * by.fewerExpected },
        { marked: Math.min(2, one.marked + by.marked) },
        { odd: one.odd || by.odd },
      ]
      const slack = 1e-12
      return (
        risk >= 0 &&
        risk <= 1 &&
        worse.every((change) => agreedRisk({ ...one, ...change }) >= risk - slack)
      )
    }),
  )
  t.throws(() => agreedRisk({ ...USUAL, errors: [0, 0.1] }), RangeError)
  t.throws(() => agreedRisk({ ...USUAL, expectedDifferences: Number.NaN }), RangeError)
})

t.test('E35: what a third reading of an agreed field saves', async (t) => {
  const costs = { thirdEntry: 1, arbiter: 2.5, error: 1000, arbiterError: 0.02 }
  const rates = { thirdError: 0.01, detection: 0.7 }
  // .003 × .7 × .98 × 1000 = 2.058 against 1 + (.01 + .0021) × 2.5 + .01 × .02 × 1000 = 1.23025
  meets(t, thirdOfAgreed({ ...costs, ...rates, risk: 0.003 }), '.8278', 'saved')
  t.ok(thirdOfAgreed({ ...costs, ...rates, risk: 0.001 }) < 0, 'a usual risk is not worth it')
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.5, noNaN: true }), (risk) => {
      const of = (one: number) => thirdOfAgreed({ ...costs, ...rates, risk: one })
      return of(risk) <= of(risk * 2)
    }),
  )
  t.throws(() => thirdOfAgreed({ ...costs, ...rates, risk: 2 }), RangeError)
})
