import fc from 'fast-check'
import { t } from 'tap'
import {
  auditSize,
  chanceOfRelease,
  chapman,
  collisionIndex,
  correctForAuditor,
  correlationFromCoincidence,
  finalError,
  finiteAuditSize,
  finiteUpperBound,
  hypergeometricAtMost,
  mismatchRate,
  residualError,
  residualFromNeither,
  seededErrors,
  stratifiedUpperBound,
  upperBound,
} from '../src/index.ts'
import { meets } from './meets.ts'

const RUNS = { numRuns: 40 }
const PER_10_000 = 10_000

t.test('E14: what two people misread alike, by how much pages differ', async (t) => {
  const published = [
    [0, '0.100'],
    [0.05, '0.595'],
    [0.1, '1.090'],
    [0.3, '3.070'],
  ] as const
  for (const [correlation, expected] of published) {
    const residual = residualError({ rate: 0.01, collision: 0.1, correlation })
    meets(t, residual * PER_10_000, expected, `correlated by ${correlation}`)
  }
  const kawado = 358 / 104_720
  meets(t, correlationFromCoincidence(kawado, 0.117, 0.3), '0.3879', 'Kawado 2003')
  meets(t, (0.117 * kawado) / (kawado ** 2 * 0.3), '114.080', 'times what independence gives')
})

t.test('E14: mismatches, agreed errors and the final error belong together', async (t) => {
  t.ok(Math.abs(mismatchRate([0.01, 0.01], 0.01 * 0.05, 0.25) - 0.0175) < 1e-12)
  meets(t, finalError(5e-4, 0.0175, 0.02) * PER_10_000, '8.5', 'a budget')
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rate, collision, correlation) => {
        const residual = residualError({ rate, collision, correlation })
        const more = residualError({ rate, collision, correlation: (1 + correlation) / 2 })
        const mismatch = mismatchRate([rate, rate], residual, collision)
        return residual <= rate && more >= residual && mismatch >= -1e-12 && mismatch <= 1 + 1e-12
      },
    ),
    RUNS,
  )
})

t.test('E15: agreed errors behind those that an arbiter saw', async (t) => {
  const { rate, upper } = residualFromNeither(40, 50_000, 0.25)
  meets(t, rate * PER_10_000, '2.6667', 'rate')
  meets(t, upper * PER_10_000, '3.4713', 'upper')
  t.equal(collisionIndex([6, 3, 1]), 0.4)
  t.equal(collisionIndex([1]), null)
  t.equal(collisionIndex([]), null)
  t.throws(() => residualFromNeither(1, 0, 0.5), RangeError)
})

t.test('E16: errors that two checkers found, and those that neither did', async (t) => {
  const found = chapman(10, 15, 5)
  t.equal(found.lincolnPetersen, 30)
  meets(t, found.total, '28.3333', 'total')
  meets(t, found.deviation, '5.9094', 'deviation')
  meets(t, found.interval.low, '22.3853', 'low')
  meets(t, found.interval.high, '49.1140', 'high')
  t.equal(found.enough, false, 'five found by both are too few to show')
  t.equal(chapman(5, 4, 2).total, 9)
  t.equal(chapman(5, 4, 2).lincolnPetersen, 10)
  t.match(chapman(9, 9, 9), { total: 9, unseen: 0, interval: { low: 9, high: 9 }, enough: true })
  t.equal(chapman(3, 3, 0).lincolnPetersen, null)
  t.throws(() => chapman(3, 2, 3), RangeError)
  t.equal(seededErrors(20, 15, 6), 8)
  t.equal(seededErrors(20, 0, 6), null)
  const auditor = { sensitivity: 0.9, specificity: 0.9995 }
  meets(t, correctForAuditor(0.004, auditor), '0.0038911', 'Rogan and Gladen')
  t.equal(correctForAuditor(0, auditor), 0, 'never below 0')
  t.throws(() => correctForAuditor(0.1, { sensitivity: 0.5, specificity: 0.5 }), RangeError)
})

t.test('E17: audit sizes by target and errors found', async (t) => {
  const targets = [50, 10, 5, 2, 1]
  const table = [
    [598, 2995, 5990, 14_978, 29_956],
    [947, 4742, 9486, 23_718, 47_437],
    [1258, 6294, 12_590, 31_477, 62_956],
    [1549, 7752, 15_505, 38_766, 77_535],
  ]
  for (const [wrong, sizes] of table.entries()) {
    const found = targets.map((target) => auditSize(wrong, target / PER_10_000))
    t.same(found, sizes, `${wrong} wrong`)
  }
})

t.test('E17: an audit of this size suffices, and one field less does not', async () => {
  fc.assert(
    fc.property(
      fc.nat(12),
      fc.double({ min: 1e-4, max: 0.3, noNaN: true }),
      fc.constantFrom(0.9, 0.95, 0.99),
      (wrong, target, confidence) => {
        const size = auditSize(wrong, target, confidence)
        const enough = upperBound(wrong, size, confidence) <= target * (1 + 1e-9)
        return enough && upperBound(wrong, size - 1, confidence) > target * (1 - 1e-9)
      },
    ),
    RUNS,
  )
})

t.test('E17: bounds of a book that is finite', async (t) => {
  const bound = (fields: number, checked: number) => finiteUpperBound(0, { fields, checked })
  t.equal(bound(10_000, 1000), 28)
  t.equal(bound(2000, 1000), 4)
  t.equal(bound(2000, 1900), 1, 'exactly 5 % rules nothing out')
  t.equal(bound(2000, 1901), 0)
  t.equal(finiteAuditSize(5000, 2), 3158)
  t.equal(finiteAuditSize(5000, 5), 1965)
  t.equal(finiteAuditSize(5, 5), 0, 'nothing has to be looked at')
  t.equal(finiteUpperBound(3, { fields: 9, checked: 9 }), 3, 'all were looked at')
})

t.test('E17: the finite bound holds what was found, rises with it and is exact', async () => {
  const book = fc.integer({ min: 1, max: 3000 }).chain((fields) =>
    fc.integer({ min: 1, max: fields }).chain((checked) =>
      fc.record({
        fields: fc.constant(fields),
        checked: fc.constant(checked),
        wrong: fc.nat(Math.min(checked, 40)),
      }),
    ),
  )
  fc.assert(
    fc.property(book, ({ fields, checked, wrong }) => {
      const bad = finiteUpperBound(wrong, { fields, checked })
      const chance = (of: number) =>
        hypergeometricAtMost(wrong, { size: fields, bad: of, sample: checked })
      const most = fields - (checked - wrong)
      const exact = chance(bad) > 0.05 - 1e-8 && (bad === most || chance(bad + 1) <= 0.05)
      const rises = wrong === checked || finiteUpperBound(wrong + 1, { fields, checked }) >= bad
      return bad >= wrong && bad <= most && exact && rises
    }),
    RUNS,
  )
})

t.test('E18: strata together, safely', async (t) => {
  const strata = [
    { share: 0.3, wrong: 0, judged: 2000 },
    { share: 0.7, wrong: 1, judged: 1000 },
  ]
  meets(t, upperBound(0, 2000, 0.975) * PER_10_000, '18.4274', 'critical fields')
  meets(t, upperBound(1, 1000, 0.975) * PER_10_000, '55.5892', 'others')
  meets(t, stratifiedUpperBound(strata) * PER_10_000, '44.4407', 'together')
  t.equal(stratifiedUpperBound([{ share: 1, wrong: 2, judged: 90 }]), upperBound(2, 90))
  t.throws(() => stratifiedUpperBound(strata.slice(1)), RangeError, 'shares add up to 1')
})

t.test('E19: how often a gate opens on a true rate', async (t) => {
  const rates = [1e-5, 2e-5, 5e-5, 1e-4]
  const zero = ['0.7411', '0.5493', '0.2236', '0.0500']
  const three = ['0.9918', '0.9278', '0.4579', '0.0500']
  for (const [at, rate] of rates.entries()) {
    meets(t, chanceOfRelease(29_956, 0, rate), zero[at] ?? '', `none wrong, ${rate}`)
    meets(t, chanceOfRelease(77_535, 3, rate), three[at] ?? '', `three wrong, ${rate}`)
  }
})
