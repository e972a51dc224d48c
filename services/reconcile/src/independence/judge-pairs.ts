/** What supervisors are told of pairs, and what a review begins with. Pure. */
import type { PAIR_EXPLANATIONS, PairFigures, PairFrame } from '@songnhap/contracts'
import { commitCoupling, type PairVerdict, testPairs } from '@songnhap/statistics'
import type { LoadedPair, LoadedPairs } from './load-pairs.ts'
import type { Hands } from './select-hands.ts'

/** Of the pairs that are flagged, a share of this at most is flagged wrongly, on average. */
const LEVEL = 0.05

type Explanation = (typeof PAIR_EXPLANATIONS)[number]
type Signal = PairFigures['signals'][number]

const EXPLANATIONS: Readonly<Record<PairFigures['tests'][number]['test'], Explanation[]>> = {
  'few-differences': ['easy-pages', 'rates-changed', 'same-training'],
  'alike-where-wrong': ['same-training', 'same-list', 'bad-scan'],
  'many-alike': ['same-training', 'same-list', 'bad-scan'],
}

export interface JudgedPair {
  readonly campaignId: string
  readonly figures: PairFigures
}

export interface JudgedPairs {
  readonly frame: PairFrame
  readonly pairs: readonly JudgedPair[]
}

export function judgePairs(loaded: LoadedPairs): JudgedPairs {
  const { pairs, people } = loaded
  const { tested, pageSpread, pairSpread, verdicts } = testPairs(pairs, people, LEVEL)
  const spelling = spellingOf(loaded)
  return {
    frame: { level: LEVEL, tested, pageSpread, pairSpread },
    pairs: pairs.flatMap((pair, at) => {
      const verdict = verdicts[at]
      if (verdict === undefined) return []
      const signals = spelling(pair, verdict)
      return { campaignId: pair.campaignId, figures: figuresOf(pair, verdict, signals) }
    }),
  }
}

function figuresOf(
  pair: LoadedPair,
  { elsewhere, standing, expected, tests, p, q, flagged }: PairVerdict,
  signals: Signal[],
): PairFigures {
  const { pages, fields, differing, variants, bothWrong, alike, audited } = pair
  return {
    members: pair.members.map((personId, at) => {
      const { wrong, fields, pages, partners } = elsewhere[at === 0 ? 0 : 1]
      const elsewhereTold = { wrong, fields, pages, partners }
      return { personId, wrong: pair.wrong[at] ?? 0, elsewhere: elsewhereTold }
    }),
    pages,
    fields,
    differing,
    variants,
    bothWrong,
    alike,
    audited,
    standing,
    expected,
    tests: tests.map((one) => ({ ...one, explanations: EXPLANATIONS[one.test] })),
    signals,
    p,
    q,
    flagged,
  }
}

/** Whether they write in two ways as often as each does with others, on average of the two. */
function spellingOf({ pairs, people }: LoadedPairs) {
  const together = new Map<string, { fields: number; variants: number }>()
  for (const { members, fields, variants } of pairs) {
    const key = members.join(' ')
    const sum = together.get(key) ?? { fields: 0, variants: 0 }
    together.set(key, { fields: sum.fields + fields, variants: sum.variants + variants })
  }
  return ({ members, fields, variants }: LoadedPair, { elsewhere }: PairVerdict): Signal[] => {
    const own = together.get(members.join(' '))
    if (own === undefined || !elsewhere.every(({ enough }) => enough)) return []
    const shares = members.map((personId) => {
      const totals = people.get(personId)
      if (totals === undefined) throw new Error('a person of a pair is not counted')
      return (totals.variants - own.variants) / (totals.fields - own.fields)
    })
    const expected = (fields * shares.reduce((sum, share) => sum + share, 0)) / 2
    const explanations: Explanation[] = ['same-habits', 'same-training', 'easy-pages']
    return [{ signal: 'spelling', found: variants, of: fields, expected, p: null, explanations }]
  }
}

/** `moments`: when the two entries of each page came. */
export function signalOfTimes(moments: readonly (readonly [number, number])[]): Signal[] {
  if (moments.length === 0) return []
  const { pages, together, expected, p } = commitCoupling(moments)
  const explanations: Explanation[] = ['came-late', 'same-shift']
  return [{ signal: 'commit-times', found: together, of: pages, expected, p, explanations }]
}

/**
 * Against what each does on other pages, which is what his or her input method does: nothing is said of a pair of
 * which one was not measured elsewhere.
 */
export function signalOfHands(hands: readonly Hands[]): Signal[] {
  const isKnown = hands.length === 2 && hands.every(({ elsewhere }) => elsewhere.long > 0)
  const of = hands.reduce((sum, { together }) => sum + together.long, 0)
  if (!isKnown || of === 0) return []
  const found = hands.reduce((sum, { together }) => sum + together.odd, 0)
  const expected = hands.reduce(
    (sum, { together, elsewhere }) => sum + (together.long * elsewhere.odd) / elsewhere.long,
    0,
  )
  const explanations: Explanation[] = ['input-method', 'same-habits', 'easy-pages']
  return [{ signal: 'hands', found, of, expected, p: null, explanations }]
}

const FIELDS_MORE = 1.5
const EVIDENCE_MORE = 10

/** Half as many fields again, and a p-value ten times as small, as when it was opened last. */
export function isMuchMore(before: PairFigures, now: PairFigures): boolean {
  const [was, is] = [before.p ?? 1, now.p ?? 1]
  return now.fields >= FIELDS_MORE * before.fields && is <= was / EVIDENCE_MORE
}

/** Flagged ones, then those that cannot be checked, then by what is to be expected of them. */
export function inOrderOfInterest(pairs: readonly JudgedPair[]): JudgedPair[] {
  const rank = ({ figures: { flagged, standing } }: JudgedPair) => {
    return flagged ? 0 : standing === 'unchecked' ? 1 : 2
  }
  const size = ({ figures: { standing, fields, expected } }: JudgedPair) => {
    return standing === 'unchecked' ? fields : (expected ?? 0)
  }
  return pairs.toSorted((a, b) => rank(a) - rank(b) || size(b) - size(a))
}
