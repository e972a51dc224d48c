/** Each figure of a pair with what it says of itself. */
import { exact, number, rounded } from '../../words/numbers.ts'
import { pairWords } from '../../words/pairs.ts'
import type { FigureCell } from '../figures/figure-table.svelte'
import type { Pair, Pairs } from './pair-view.ts'

const SMALL = 0.001

export function nameOfPair({ members }: Pair): string {
  return members.map(({ name }) => name ?? pairWords().someone).join(' – ')
}

/** Never 0: a small one is said to be small. */
function probability(p: number): string {
  return p < SMALL ? `< ${exact(SMALL)}` : exact(p)
}

export function pairRow(pair: Pair, frame: Pairs['frame']) {
  const words = pairWords()
  const { pages, fields, differing, expected, q, p, standing, flagged } = pair
  const fieldsOf = words.countFields(number(fields))
  const cells: FigureCell[] = [
    { text: nameOfPair(pair) },
    {
      text: number(pages),
      value: pages,
      told: {
        name: words.pages,
        meaning: words.pagesMeaning,
        numerator: words.countPages(number(pages)),
      },
    },
    {
      text: number(differing),
      value: differing,
      told: {
        name: words.differing,
        meaning: words.differingMeaning,
        numerator: words.countDiffering(number(differing)),
        denominator: fieldsOf,
      },
    },
    expected === null
      ? { text: '–', value: null }
      : {
          text: rounded(expected),
          value: expected,
          told: {
            name: words.expected,
            meaning: words.expectedMeaning,
            numerator: words.countDiffering(rounded(expected)),
            denominator: fieldsOf,
          },
        },
    q === null
      ? { text: '–', value: null }
      : {
          text: probability(q),
          value: q,
          told: {
            name: words.q,
            meaning: words.qMeaning,
            numerator: words.p(p === null ? '–' : probability(p)),
            sum: words.level(exact(frame.level), number(frame.tested)),
          },
        },
    { text: flagged ? words.flaggedState : words[standing] },
  ]
  return { key: pair.members.map(({ personId }) => personId).join(' '), cells }
}

/** Tests and signals of a flagged pair, each beside its innocent causes. */
export function evidenceRows({ tests, signals }: Pair) {
  const words = pairWords()
  const all = [
    ...tests.map((one) => ({ ...one, what: one.test })),
    ...signals.map((one) => ({ ...one, what: one.signal })),
  ]
  return all.map(({ what, found, of, expected, p, explanations }) => {
    const told = {
      name: words[what],
      meaning: words.testMeaning,
      numerator: number(found),
      denominator: number(of),
      sum: `${words.expected}: ${rounded(expected)}. ${p === null ? '' : words.p(probability(p))}`,
    }
    return {
      key: what,
      cells: [
        { text: words[what] },
        { text: number(found), value: found, told },
        { text: number(of), value: of, told },
        { text: rounded(expected), value: expected, told },
        p === null ? { text: '–', value: null } : { text: probability(p), value: p, told },
        { text: explanations.map((one) => words[one]).join('; ') },
      ],
    }
  })
}

/** How often each of the two errs, together and with others. */
export function memberRows({ members, fields }: Pair) {
  const words = pairWords()
  return members.map(({ personId, name, wrong, elsewhere }) => ({
    key: personId,
    cells: [
      { text: name ?? words.someone },
      {
        text: number(wrong),
        value: wrong,
        told: {
          name: words.wrongTogether,
          meaning: words.wrongMeaning,
          numerator: words.countWrong(number(wrong)),
          denominator: words.countFields(number(fields)),
        },
      },
      {
        text: number(elsewhere.wrong),
        value: elsewhere.wrong,
        told: {
          name: words.wrongElsewhere,
          meaning: words.wrongMeaning,
          numerator: words.countWrong(number(elsewhere.wrong)),
          denominator: words.countElsewhere(number(elsewhere.fields), number(elsewhere.pages)),
        },
      },
      {
        text: number(elsewhere.partners),
        value: elsewhere.partners,
        told: {
          name: words.partners,
          meaning: words.partnersMeaning,
          numerator: number(elsewhere.partners),
        },
      },
    ],
  }))
}
