/**
 * Rules E31–E33 of docs/spec/statistics.md, J8 of independence.md: which pairs look as if they had not worked
 * apart.
 */
import fc from 'fast-check'
import { t } from 'tap'
import {
  commitCoupling,
  negativeBinomialAtMost,
  type PairCounts,
  type PairVerdict,
  type PersonTotals,
  pageSpread,
  poissonAtMost,
  testPairs,
} from '../src/index.ts'
import { meets } from './meets.ts'
import { seeded } from './seeded.ts'

t.test('E31: a count whose mean varies', async (t) => {
  // p = 4/14: p⁴ + 4p⁴(1 − p) + 10p⁴(1 − p)².
  meets(t, negativeBinomialAtMost(2, 10, 1 / 4), '0.05970', 'two where ten are expected')
  t.ok(Math.abs(negativeBinomialAtMost(0, 75, 1 / 15) / (15 / 90) ** 15 - 1) < 1e-9)
  t.equal(negativeBinomialAtMost(-1, 5, 0.1), 0)
  t.throws(() => negativeBinomialAtMost(1, 5, -1), RangeError)
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.double({ min: 0.1, max: 60, noNaN: true }),
      fc.double({ min: 1e-3, max: 3, noNaN: true }),
      (count, mean, spread) => {
        const below = (s: number) => negativeBinomialAtMost(count, mean, s)
        const isTail = below(spread) <= negativeBinomialAtMost(count + 1, mean, spread) + 1e-12
        const nearlyPoisson = Math.abs(below(1e-7) - poissonAtMost(count, mean)) < 1e-3
        return isTail && nearlyPoisson && below(spread) >= 0 && below(spread) <= 1
      },
    ),
    { numRuns: 60 },
  )
})

t.test('J8: two who finish the same pages in the same minutes', async (t) => {
  const hour = (at: number) => at * 3_600_000
  const side = Array.from({ length: 50 }, (_, at) => [hour(at), hour(at) + 20_000] as const)
  t.match(commitCoupling(side), { pages: 50, together: 50, expected: 1 })
  t.ok(commitCoupling(side).p < 1e-12)
  const apart = side.map(([one], at) => [one, hour((at * 7 + 3) % 50)] as const)
  // 50 moments an hour apart, in another order: each meets one, and none its own.
  t.match(commitCoupling(apart), { together: 0, expected: 1, p: 1 })
  t.match(commitCoupling([]), { pages: 0, together: 0, expected: 0, p: 1 })
})

/** What a pair has when each page has the same many fields. */
function pairOf(
  members: readonly [string, string],
  differing: readonly number[],
  more: Partial<PairCounts> = {},
): PairCounts {
  const [pages, each] = [differing.length, 42]
  const sum = differing.reduce((all, one) => all + one, 0)
  return {
    members,
    pages,
    fields: pages * each,
    differing: sum,
    squares: {
      differing: differing.reduce((all, one) => all + one * one, 0),
      crossed: sum * each,
      fields: pages * each * each,
    },
    wrong: [sum, 0],
    bothWrong: 0,
    alike: 0,
    audited: 0,
    ...more,
  }
}

t.test('E31: how much pages differ shows in how differences bunch', async (t) => {
  t.equal(pageSpread([]), 0)
  t.equal(pageSpread([pairOf(['a', 'b'], [3, 3, 3, 3])]), 0, 'no bunches')
  // Σd² = 16, D = 4, n = 4: residual 12, chance 3; the square of the rate without chance is 0.
  t.equal(pageSpread([pairOf(['a', 'b'], [4, 0, 0, 0])]), 0, 'all in one page tells no scale')
  const [random, pairs] = [seeded(1), [] as PairCounts[]]
  for (let pair = 0; pair < 200; pair += 1) {
    const pages = Array.from({ length: 20 }, () =>
      draw(random, 42, 0.05 * (random() < 0.5 ? 0.5 : 1.5)),
    )
    pairs.push(pairOf([`a${pair}`, `b${pair}`], pages))
  }
  const found = pageSpread(pairs)
  // Counts of 42 fields scatter by .03 less than Poisson's.
  t.ok(Math.abs(found - 0.22) < 0.05, `half and one and a half: ${found} is near .22`)
})

/** How many of `count` things of this probability happen. */
function draw(random: () => number, count: number, chance: number): number {
  let hits = 0
  for (let one = 0; one < count; one += 1) if (random() < chance) hits += 1
  return hits
}

const person = (wrong: number, fields: number, partners = 10): PersonTotals => {
  return { pages: Math.round(fields / 42), fields, wrong, partners }
}

t.test(
  'E32: whoever has no rate with others cannot be checked; nor is little enough',
  async (t) => {
    const none = Array.from({ length: 150 }, () => 0)
    const copied = pairOf(['a', 'b'], none)
    const standing = (pair: PairCounts, b: PersonTotals) =>
      testPairs(
        [pair],
        new Map([
          ['a', person(80, 12_600)],
          ['b', b],
        ]),
      ).verdicts[0]
    t.match(standing(copied, person(0, 6_400)), { standing: 'unchecked', p: null, flagged: false })
    t.match(
      standing(copied, person(80, 12_600, 2)),
      { standing: 'unchecked' },
      'one partner besides',
    )
    const few = standing(pairOf(['a', 'b'], none.slice(0, 10)), person(80, 12_600))
    t.match(few, { standing: 'too-little', tests: [], flagged: false })
    const flagged = standing(copied, person(80, 12_600))
    t.match(flagged, {
      standing: 'tested',
      flagged: true,
      tests: [{ test: 'few-differences', found: 0 }],
    })
    // 80.5 in 6,301 fields each, in 6,300 that they have together.
    t.ok(Math.abs((flagged?.expected ?? 0) - 6300 * (2 * 0.012776 - 2 * 0.012776 ** 2)) < 0.1)
    t.ok((flagged?.p ?? 1) < 1e-9)
    t.same(testPairs([], new Map()).verdicts, [])
    t.throws(() => testPairs([copied], new Map()), RangeError)
    t.throws(() => testPairs([{ ...copied, differing: -1 }], new Map()), RangeError)
  },
)

t.test('E32: whoever copies makes nobody else look careful', async (t) => {
  // Three who copy from each other and key little with others: each looks right by the other two.
  const copied = Array.from({ length: 100 }, () => 0)
  const ring = [
    ['a', 'b'],
    ['b', 'c'],
    ['a', 'c'],
  ] as const
  const others = ['a', 'b', 'c'].flatMap((one) =>
    ['x', 'y', 'z'].map((other) => pairOf([one, other], [1, 3, 2, 2], { wrong: [4, 4] })),
  )
  const honest = pairOf(
    ['x', 'y'],
    Array.from({ length: 60 }, (_, page) => page % 5),
    {
      wrong: [60, 60],
    },
  )
  const pairs = [...ring.map((members) => pairOf(members, copied)), ...others, honest]
  const { verdicts } = testPairs(pairs, totalsOf(pairs))
  t.same(flaggedOf(pairs, verdicts), ['a b', 'b c', 'a c'])
  t.match(verdicts[0]?.elsewhere[0], { fields: 504, wrong: 12 }, 'with x, y and z only')
})

t.test('E33: same errors speak by how much was audited, and by all other pairs', async (t) => {
  const usual = (at: number): PairCounts =>
    pairOf(
      [`c${at}`, `d${at}`],
      Array.from({ length: 100 }, (_, page) => page % 3),
      {
        wrong: [60, 50],
        bothWrong: 5,
        alike: 1,
        audited: 1000,
      },
    )
  const others = Array.from({ length: 20 }, (_, at) => usual(at))
  const suspect = { ...usual(20), bothWrong: 12, alike: 10, wrong: [60, 60] as const }
  const pairs = [...others, suspect]
  const people = new Map(
    pairs.flatMap(({ members }) => members.map((one) => [one, person(160, 14_200)] as const)),
  )
  const found = testPairs(pairs, people)
  t.same(flaggedOf(pairs, found.verdicts), ['c20 d20'])
  const [test] = found.verdicts[20]?.tests.filter((one) => one.test === 'alike-where-wrong') ?? []
  // Of others: 20 alike to 80 different, of which a quarter was audited, each with one before.
  const odds = ((20 + 1) / (80 * (1000 / 4101) + 1)) * (1000 / 4101)
  t.ok(Math.abs((test?.expected ?? 0) - (12 * odds) / (1 + odds)) < 1e-9)
  t.match(
    found.verdicts[20]?.tests.map((one) => one.test),
    ['few-differences', 'alike-where-wrong', 'many-alike'],
  )
  const unaudited = testPairs([...others, { ...suspect, audited: 0 }], people).verdicts[20]
  t.match(
    unaudited?.tests.map((one) => one.test),
    ['few-differences'],
    'nothing would be known',
  )
})

function flaggedOf(pairs: readonly PairCounts[], verdicts: readonly PairVerdict[]): string[] {
  return verdicts.flatMap(({ flagged }, at) =>
    flagged ? (pairs[at]?.members.join(' ') ?? '') : [],
  )
}

t.test('E32: copies are seen and nobody else is, in a campaign drawn at random', async (t) => {
  for (let seed = 1; seed <= 2; seed += 1) {
    const { pairs, people } = simulate(seeded(seed))
    const { verdicts, pageSpread, tested } = testPairs(pairs, people)
    t.same(flaggedOf(pairs, verdicts), ['0 1', '2 3'], `seed ${seed}, ${tested} pairs tested`)
    t.ok(pageSpread > 0.05 && pageSpread < 0.6, `pages differ by ${pageSpread}`)
  }
})

/** 40 people at random over 4,400 pages, and four pairs over 150 each, of whom two copy. */
function simulate(random: () => number) {
  const rates = Array.from({ length: 40 }, () => 0.006 + 0.034 * random())
  const counts = new Map<string, { one: number; other: number; page: PageDrawn[] }>()
  const key = (one: number, other: number, of: string) => `${of} ${one} ${other}`
  const keyPage = (one: number, other: number, of: string, copies: boolean) => {
    const difficulty = Math.exp(0.5 * normal(random))
    const known = counts.get(key(one, other, of)) ?? { one, other, page: [] }
    counts.set(key(one, other, of), known)
    known.page.push(drawPage(random, difficulty, [rates[one] ?? 0, rates[other] ?? 0], copies))
  }
  for (let page = 0; page < 4400; page += 1) {
    const one = Math.floor(random() * 40)
    const other = (one + 1 + Math.floor(random() * 39)) % 40
    keyPage(Math.min(one, other), Math.max(one, other), 'mixed', false)
  }
  for (const pair of [0, 1, 2, 3]) {
    for (let page = 0; page < 150; page += 1) keyPage(2 * pair, 2 * pair + 1, 'paired', pair < 2)
  }
  const pairs = [...counts.values()].map(({ one, other, page }) => {
    const sum = (of: keyof PageDrawn) => page.reduce((all, each) => all + each[of], 0)
    return pairOf(
      [`${one}`, `${other}`],
      page.map(({ differing }) => differing),
      {
        wrong: [sum('first') + sum('both'), sum('second') + sum('both')],
        bothWrong: sum('both'),
      },
    )
  })
  return { pairs, people: totalsOf(pairs) }
}

type PageDrawn = Readonly<Record<'differing' | 'first' | 'second' | 'both', number>>

/** One of four fields that both have wrong is wrong alike, and nobody learns of it. */
function drawPage(
  random: () => number,
  difficulty: number,
  [a, b]: readonly [number, number],
  copies: boolean,
): PageDrawn {
  const page = { differing: 0, first: 0, second: 0, both: 0 }
  if (copies) return page
  for (let field = 0; field < 42; field += 1) {
    const wrong = [random() < a * difficulty, random() < b * difficulty] as const
    if (wrong[0] && wrong[1] && random() < 0.25) continue
    if (wrong[0] || wrong[1]) page.differing += 1
    if (wrong[0] && wrong[1]) page.both += 1
    else if (wrong[0]) page.first += 1
    else if (wrong[1]) page.second += 1
  }
  return page
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function totalsOf(pairs: readonly PairCounts[]): Map<string, PersonTotals> {
  const partners = new Map<string, Set<string>>()
  const totals = new Map<string, PersonTotals>()
  for (const { members, pages, fields, wrong } of pairs) {
    for (const at of [0, 1] as const) {
      const [one, other] = [members[at], members[at === 0 ? 1 : 0]]
      const known = partners.get(one) ?? new Set()
      partners.set(one, known.add(other))
      const sum = totals.get(one) ?? { pages: 0, fields: 0, wrong: 0, partners: 0 }
      totals.set(one, {
        pages: sum.pages + pages,
        fields: sum.fields + fields,
        wrong: sum.wrong + wrong[at],
        partners: known.size,
      })
    }
  }
  return totals
}
