import fc from 'fast-check'
import { t } from 'tap'
import {
  cohenKappa,
  fleissKappa,
  gwetAc1,
  krippendorffAlpha,
  krippendorffInterval,
  type Unit,
} from '../src/index.ts'
import { meets } from './meets.ts'
import { seeded } from './seeded.ts'

/** Rows are people, `.` and `*` what somebody did not code; columns become units. */
function unitsOf(...people: readonly string[]): Unit[] {
  const rows = people.map((row) => row.split(' '))
  return (rows[0] ?? []).map((_, at) =>
    rows.flatMap((row) => (row[at] === '.' || row[at] === '*' ? [] : (row[at] ?? []))),
  )
}

const FOUR = unitsOf(
  '1 2 3 3 2 1 4 1 2 . . .',
  '1 2 3 3 2 2 4 1 2 5 . 3',
  '. 3 3 3 2 3 4 2 2 5 1 .',
  '1 2 3 3 2 4 4 1 2 5 1 .',
)

t.test('E13: published values of Cohen and others', async (t) => {
  const cohen = cohenKappa([
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ])
  meets(t, cohen?.agreement, '0.70', 'Cohen 1960, agreement')
  meets(t, cohen?.byChance, '0.41', 'Cohen 1960, by chance')
  meets(t, cohen?.kappa, '0.4915', 'Cohen 1960')
  t.ok((cohen?.deviation ?? 0) > 0.05 && (cohen?.deviation ?? 1) < 0.06)
  const published = [
    [20, 5, 10, 15, '0.4000'],
    [40, 9, 6, 45, '0.6995'],
    [80, 10, 5, 5, '0.3182'],
  ] as const
  for (const [a, b, c, d, kappa] of published) {
    const found = cohenKappa([
      [a, b],
      [c, d],
    ])
    meets(t, found?.kappa, kappa, `${a} ${b} ${c} ${d}`)
  }
})

t.test('E13: published values of Fleiss', async (t) => {
  const ratings = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ]
  const found = fleissKappa(ratings)
  // The published .3780 and .2128 are rounded from rounded shares.
  t.ok(Math.abs((found?.agreement ?? 0) - 0.378) < 5e-4, 'agreement')
  t.ok(Math.abs((found?.byChance ?? 0) - 0.2128) < 5e-4, 'by chance')
  meets(t, found?.kappa, '0.2099', 'kappa')
})

t.test('E13: published values of Krippendorff', async (t) => {
  meets(t, krippendorffAlpha(FOUR), '0.7434', 'four people, twelve units')
  t.equal(FOUR.filter((unit) => unit.length > 1).flat().length, 40, 'pairable codes')
  const three = unitsOf(
    '* * * * * 3 4 1 2 1 1 3 3 * 3',
    '1 * 2 1 3 3 4 3 * * * * * * *',
    '* * 2 1 3 4 4 * 2 1 1 3 3 * 4',
  )
  meets(t, krippendorffAlpha(three), '0.6914', 'three people, fifteen units')
  const binary = unitsOf('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0')
  meets(t, krippendorffAlpha(binary), '0.0952', 'two people, two codes')
  const letters = unitsOf('a a b b d c c c e d d a', 'b a b b b c c c e d d d')
  meets(t, krippendorffAlpha(letters), '0.6920', 'two people, five codes')
})

t.test('E13: published values of Gwet', async (t) => {
  const pairs = [
    ...new Array<Unit>(118).fill(['+', '+']),
    ...new Array<Unit>(5).fill(['+', '-']),
    ...new Array<Unit>(2).fill(['-', '+']),
  ]
  meets(t, gwetAc1(pairs)?.kappa, '0.9408', 'Gwet 2002: 118 5 2 0, where κ is below 0')
  t.ok(
    (cohenKappa([
      [118, 5],
      [2, 0],
    ])?.kappa ?? 1) < 0,
    'κ of the same',
  )
  const skewed = [
    ...new Array<Unit>(80).fill(['+', '+']),
    ...new Array<Unit>(15).fill(['+', '-']),
    ...new Array<Unit>(5).fill(['-', '-']),
  ]
  meets(t, gwetAc1(skewed)?.byChance, '0.21875', '2 × .875 × .125')
  t.equal(gwetAc1([['a', 'b']], 4)?.byChance, 0.5 / 3, 'four codes, of which two were seen')
  t.throws(() => gwetAc1([['a', 'b']], 1), RangeError)
})

t.test(
  'E13: where chance explains all, or nothing was coded twice, there is no number',
  async (t) => {
    t.equal(cohenKappa([[7]])?.kappa, null)
    t.equal(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
      null,
    )
    t.equal(fleissKappa([[3], [3]])?.kappa, null)
    t.equal(fleissKappa([]), null)
    t.equal(
      krippendorffAlpha([
        ['a', 'a'],
        ['a', 'a', 'a'],
      ]),
      null,
    )
    t.equal(krippendorffAlpha([['a'], [], ['b']]), null)
    t.equal(krippendorffInterval([[['a']], []], seeded(1), 10), null)
    t.equal(gwetAc1([['a']]), null)
    t.equal(gwetAc1([['a', 'a']])?.kappa, null)
    t.throws(() => cohenKappa([[1, 2]]), RangeError)
    t.throws(
      () =>
        fleissKappa([
          [2, 1],
          [1, 1],
        ]),
      RangeError,
    )
    t.throws(() => fleissKappa([[1]]), RangeError)
  },
)

t.test('E13: the interval of alpha holds it, and is the same from the same seed', async (t) => {
  const clusters = FOUR.map((unit) => [unit])
  const interval = krippendorffInterval(clusters, seeded(1))
  t.same(interval, krippendorffInterval(clusters, seeded(1)))
  t.ok(interval !== null && interval.low < 0.7434 && 0.7434 < interval.high)
  t.ok(interval !== null && interval.low > 0.3 && interval.high <= 1)
})

t.test(
  'E13: agreement is 1 with oneself, at most 1 with others, and blind to names and order',
  async () => {
    const unit = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 15 }), (units) => {
        const alpha = krippendorffAlpha(units)
        const renamed = krippendorffAlpha(units.map((u) => u.map((code) => `x${code}`)).reverse())
        const itself = krippendorffAlpha(units.map(([first = '']) => [first, first]))
        const same = (x: number | null, y: number | null) => Math.abs((x ?? 9) - (y ?? 9)) < 1e-12
        const ac1 = gwetAc1(units, 3)
        return (
          same(alpha, renamed) &&
          (alpha ?? 1) <= 1 &&
          (itself === null || itself === 1) &&
          (ac1?.kappa ?? 1) <= 1
        )
      }),
      { numRuns: 60 },
    )
  },
)
