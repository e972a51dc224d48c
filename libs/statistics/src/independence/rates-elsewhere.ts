import {
  type PairCounts,
  type PersonTotals,
  type RateElsewhere,
  rateElsewhere,
} from './pair-counts.ts'

type Sums = Omit<PersonTotals, 'partners'>
const NONE: Sums = { pages: 0, fields: 0, wrong: 0 }

/**
 * How both of a pair do with others, neither what the two have together, in whatever campaign, nor what
 * either has in a pair that is doubted: what is copied there would make a rate small.
 */
export function ratesElsewhere(
  pairs: readonly PairCounts[],
  people: ReadonlyMap<string, PersonTotals>,
  doubted: ReadonlySet<PairCounts>,
): (pair: PairCounts) => [RateElsewhere, RateElsewhere] {
  const together = sumByPair(pairs)
  const doubtedTogether = sumByPair([...doubted])
  const doubtedOf = new Map<string, Sums>()
  for (const [key, sums] of doubtedTogether) {
    const [person = ''] = key.split('\n')
    doubtedOf.set(person, add(doubtedOf.get(person) ?? NONE, sums))
  }
  const one = ([person, partner]: readonly [string, string]) => {
    const totals = people.get(person)
    if (totals === undefined) throw new RangeError('totals of a person are missing')
    const key = keyOf(person, partner)
    const left = add(together.get(key) ?? NONE, doubtedOf.get(person) ?? NONE)
    // The pair's own work is left out once.
    return rateElsewhere(totals, add(left, doubtedTogether.get(key) ?? NONE, -1))
  }
  return ({ members: [a, b] }) => [one([a, b]), one([b, a])]
}

/** Of each person with each partner. */
function sumByPair(pairs: readonly PairCounts[]): Map<string, Sums> {
  const sums = new Map<string, Sums>()
  for (const { members, pages, fields, wrong } of pairs) {
    const [a, b] = members
    const keys = [keyOf(a, b), keyOf(b, a)] as const
    for (const at of [0, 1] as const) {
      const own = { pages, fields, wrong: wrong[at] }
      sums.set(keys[at], add(sums.get(keys[at]) ?? NONE, own))
    }
  }
  return sums
}

function add(one: Sums, other: Sums, sign = 1): Sums {
  return {
    pages: one.pages + sign * other.pages,
    fields: one.fields + sign * other.fields,
    wrong: one.wrong + sign * other.wrong,
  }
}

function keyOf(person: string, partner: string): string {
  return `${person}\n${partner}`
}
