import { assertInside, assertWhole } from '../assert-arguments.ts'
import { binomialAtLeast } from '../distributions/binomial.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import {
  type Expectation,
  expectDifferences,
  isEnough,
  pairSpread,
  testFewerDifferences,
} from './few-differences.ts'
import { testManyWrongAlike } from './independence-tests.ts'
import { pageSpread } from './page-spread.ts'
import type { PairCounts, PersonTotals, RateElsewhere } from './pair-counts.ts'
import { ratesElsewhere } from './rates-elsewhere.ts'
import {
  type Chances,
  type Coincidences,
  chancesOf,
  countCoincidences,
  without,
} from './wrong-alike.ts'

/** `few-differences` needs no audit. The others count fields that both have wrong, and wrong alike. */
export type PairTestName = 'few-differences' | 'alike-where-wrong' | 'many-alike'

export interface PairTest {
  readonly test: PairTestName
  readonly found: number
  readonly of: number
  readonly expected: number
  readonly p: number
}

export interface PairVerdict {
  /** How each does with others. */
  readonly elsewhere: readonly [RateElsewhere, RateElsewhere]
  /** `unchecked`: somebody has too little with others. `too-little`: together they have. */
  readonly standing: 'tested' | 'unchecked' | 'too-little'
  /** Differences that the rates predict; null where there is no rate to go by. */
  readonly expected: number | null
  /** Those that could be made. */
  readonly tests: readonly PairTest[]
  /** The smallest of them times their number; null: there is none. */
  readonly p: number | null
  /** The q at which the pair would just be flagged. */
  readonly q: number | null
  readonly flagged: boolean
}

export interface PairVerdicts {
  readonly pageSpread: number
  readonly pairSpread: number
  /** Pairs of which at least one test could be made. */
  readonly tested: number
  /** In the order of the pairs. */
  readonly verdicts: readonly PairVerdict[]
}

/** Those who copy make each other's rates small: what is flagged is left out, and all looked at once more. */
const ROUNDS_MAX = 4
/** A test that cannot come out below this, whatever is found, is none. */
const LEAST_P_MAX = 0.05

/**
 * Which pairs look as if one had copied from the other, or both from a third. Three tests a pair, where
 * they can be made: few differences; wrong alike where both are wrong; more wrong alike than chance gives.
 * What a pair is held against is measured on all others. Of a pair's p-values the smallest counts, times
 * their number (Bonferroni, as they are dependent); over pairs Benjamini and Hochberg's procedure at q.
 * Once pairs are flagged, the others are not held against their work. A flag is a reason to look, and no
 * verdict.
 */
export function testPairs(
  pairs: readonly PairCounts[],
  people: ReadonlyMap<string, PersonTotals>,
  q = 0.05,
): PairVerdicts {
  assertInside('q', q)
  for (const pair of pairs) assertPair(pair)
  const doubted = new Set<PairCounts>()
  for (let round = 1; ; round += 1) {
    const found = testOnce(pairs, people, doubted, q)
    const before = doubted.size
    for (const [at, pair] of pairs.entries()) {
      if (found.verdicts[at]?.flagged === true) doubted.add(pair)
    }
    if (doubted.size === before || round === ROUNDS_MAX) return found
  }
}

function testOnce(
  pairs: readonly PairCounts[],
  people: ReadonlyMap<string, PersonTotals>,
  doubted: ReadonlySet<PairCounts>,
  q: number,
): PairVerdicts {
  const ofPages = pageSpread(pairs)
  const elsewhereOf = ratesElsewhere(pairs, people, doubted)
  const measured = pairs.map((pair): Measured => {
    const elsewhere = elsewhereOf(pair)
    return { pair, elsewhere, expectation: expectDifferences(pair, elsewhere, ofPages) }
  })
  const ofPairs = pairSpread(
    measured.flatMap(({ pair: { differing }, expectation }) =>
      expectation === null ? [] : [{ differing, expectation }],
    ),
  )
  const coincidences = countCoincidences(measured.filter(({ pair }) => !doubted.has(pair)))
  const tests = measured.map((one) => {
    return testsOf(one, ofPairs, doubted.has(one.pair) ? coincidences : without(coincidences, one))
  })
  const combined = tests.map((made) => {
    return made.length === 0 ? null : Math.min(1, made.length * Math.min(...made.map((t) => t.p)))
  })
  const values = combined.filter((p) => p !== null)
  const found = benjaminiHochberg(values, q).values()
  const verdicts = measured.map(({ elsewhere, expectation }, at): PairVerdict => {
    const made = tests[at] ?? []
    const p = combined[at] ?? null
    const discovery = p === null ? undefined : found.next().value
    return {
      elsewhere,
      standing: standingOf(made, expectation),
      expected: expectation?.expected ?? null,
      tests: made,
      p,
      q: discovery?.adjusted ?? null,
      flagged: discovery?.flagged ?? false,
    }
  })
  return { pageSpread: ofPages, pairSpread: ofPairs, tested: values.length, verdicts }
}

function assertPair({ pages, fields, differing, wrong, bothWrong, alike, audited }: PairCounts) {
  const counts = { pages, fields, differing, bothWrong, alike, audited }
  for (const [name, count] of Object.entries(counts)) assertWhole(name, count)
  for (const count of wrong) assertWhole('wrong', count)
  if (differing > fields || alike > bothWrong || bothWrong > Math.min(...wrong)) {
    throw new RangeError('a part of what is counted of a pair is more than the whole')
  }
}

interface Measured {
  readonly pair: PairCounts
  readonly elsewhere: readonly [RateElsewhere, RateElsewhere]
  readonly expectation: Expectation | null
}

function testsOf(
  { pair, elsewhere, expectation }: Measured,
  ofPairs: number,
  coincidences: Coincidences,
): PairTest[] {
  const { fields, differing, bothWrong, alike, audited } = pair
  const chances: Chances = chancesOf(pair, elsewhere, coincidences)
  const tests: PairTest[] = []
  if (expectation !== null && isEnough(expectation)) {
    const p = testFewerDifferences(differing, expectation, ofPairs)
    const { expected } = expectation
    tests.push({ test: 'few-differences', found: differing, of: fields, expected, p })
  }
  const { alikeWhereWrong: chance, manyAlike } = chances
  if (chance > 0 && chance ** bothWrong <= LEAST_P_MAX) {
    // Test A with equal coins, which is binomial.
    const p = binomialAtLeast(alike, bothWrong, chance)
    const expected = chance * bothWrong
    tests.push({ test: 'alike-where-wrong', found: alike, of: bothWrong, expected, p })
  }
  if (manyAlike !== null) {
    const p = testManyWrongAlike(alike, manyAlike)
    tests.push({ test: 'many-alike', found: alike, of: audited, expected: manyAlike, p })
  }
  return tests
}

function standingOf(
  tests: readonly PairTest[],
  expectation: Expectation | null,
): PairVerdict['standing'] {
  if (tests.some(({ test }) => test === 'few-differences')) return 'tested'
  if (expectation === null) return 'unchecked'
  return tests.length > 0 ? 'tested' : 'too-little'
}
