import fc from 'fast-check'
import { t } from 'tap'
import {
  AQLS,
  chanceOfRelease,
  codeLetter,
  decideSprt,
  fixedPlan,
  goldFlag,
  goldSize,
  planForLot,
  planOf,
  sprt,
  upperBound,
} from '../src/index.ts'
import { meets } from './meets.ts'

/** ISO 2859-1, single sampling, normal inspection, arrows resolved: columns are the AQLs. */
const NORMAL = `
A 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 20/0 13/0
B 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 20/0 13/0
C 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 20/0 13/0
D 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 20/0 13/0
E 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 20/0 13/0
F 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 20/0 13/0
G 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 20/0 50/1
H 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 32/0 80/1 50/1
J 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 50/0 125/1 80/1 80/2
K 1250/0 800/0 500/0 315/0 200/0 125/0 80/0 200/1 125/1 125/2 125/3
L 1250/0 800/0 500/0 315/0 200/0 125/0 315/1 200/1 200/2 200/3 200/5
M 1250/0 800/0 500/0 315/0 200/0 500/1 315/1 315/2 315/3 315/5 315/7
N 1250/0 800/0 500/0 315/0 800/1 500/1 500/2 500/3 500/5 500/7 500/10
P 1250/0 800/0 500/0 1250/1 800/1 800/2 800/3 800/5 800/7 800/10 800/14
Q 1250/0 800/0 2000/1 1250/1 1250/2 1250/3 1250/5 1250/7 1250/10 1250/14 1250/21
R 1250/0 800/0 2000/1 2000/2 2000/3 2000/5 2000/7 2000/10 2000/14 2000/21 1250/21
`

t.test('E22: every plan of the table for normal inspection', async (t) => {
  for (const line of NORMAL.trim().split('\n')) {
    const [letter = '', ...cells] = line.split(' ')
    const plans = AQLS.map((aql) => planOf(letter, aql))
    t.same(
      plans.map(({ sample, accept }) => `${sample}/${accept}`),
      cells,
      letter,
    )
  }
})

t.test('E22: letters of lots, plans of letters, tightened ones', async (t) => {
  t.equal(codeLetter(5000), 'L')
  t.equal(codeLetter(2000), 'K')
  t.same([2, 8, 9, 500_000, 500_001].map(codeLetter), ['A', 'A', 'B', 'P', 'Q'])
  t.same(planForLot(5000, '0.065'), { letter: 'L', sample: 200, accept: 0 })
  t.same(planForLot(5000, '0.15'), { letter: 'L', sample: 315, accept: 1 })
  t.same(planForLot(2000, '1.0'), { letter: 'K', sample: 125, accept: 3 })
  t.same(planForLot(2000, '0.010'), { letter: 'K', sample: 1250, accept: 0 })
  t.same(planForLot(1000, '0.010'), { letter: 'J', sample: 1000, accept: 0 }, 'the whole lot')
  t.match(planOf('L', '1.0', 'tightened'), { sample: 200, accept: 3 })
  t.match(planOf('L', '0.065', 'tightened'), { sample: 315, accept: 0 })
  t.match(planOf('R', '0.025', 'tightened'), { sample: 3150, accept: 1 }, 'the letter S')
  t.throws(() => planOf('I', '1.0'), RangeError)
  t.throws(() => planOf('', '1.0'), RangeError)
  t.throws(() => codeLetter(1), RangeError)
})

t.test('E22: what these plans accept', async (t) => {
  const published = [
    [200, 0, 0.00065, '0.8781', '0.011447'],
    [125, 3, 0.01, '0.9626', '0.052663'],
    [1250, 0, 0.0001, '0.8825', '0.0018404'],
    [200, 5, 0.01, '0.9840', '0.045879'],
  ] as const
  for (const [sample, accept, rate, chance, accepted] of published) {
    meets(t, chanceOfRelease(sample, accept, rate), chance, `${sample}/${accept} at its AQL`)
    meets(t, upperBound(accept, sample, 0.9), accepted, `${sample}/${accept} one time in ten`)
  }
})

const OURS = { good: 1e-4, bad: 5e-4, rejectGood: 0.05, acceptBad: 0.05 }

t.test("E23: Wald's sequential plans", async (t) => {
  const textbook = sprt({ good: 0.01, bad: 0.06, rejectGood: 0.05, acceptBad: 0.1 })
  meets(t, textbook.logOdds, '1.8436', 'k')
  meets(t, textbook.acceptBelow, '1.2211', 'h1')
  meets(t, textbook.rejectAbove, '1.5678', 'h2')
  meets(t, textbook.slope, '0.0281', 's')
  const ours = sprt(OURS)
  meets(t, ours.acceptBelow, '1.8290', 'h1')
  meets(t, ours.slope * 10_000, '2.4855', 's')
  t.equal(ours.acceptFrom, 7359)
  meets(t, ours.meanSize.good, '11081.5', 'mean size at the good rate')
  meets(t, ours.meanSize.bad, '6546.4', 'mean size at the bad rate')
  t.same(fixedPlan(OURS), { sample: 18_305, accept: 4 })
  t.throws(() => sprt({ ...OURS, bad: 1e-5 }), RangeError)
  t.throws(() => sprt({ ...OURS, acceptBad: 0.96 }), RangeError)
})

t.test('E23: it decides where its lines say, and ends at three fixed plans', async (t) => {
  t.equal(decideSprt(OURS, 0, 7358), 'go-on')
  t.equal(decideSprt(OURS, 0, 7359), 'accept')
  t.equal(decideSprt(OURS, 2, 10), 'reject')
  const end = 3 * 18_305
  const middle = Math.round(sprt(OURS).slope * end)
  t.equal(decideSprt(OURS, middle, end - 1), 'go-on')
  t.equal(decideSprt(OURS, middle - 1, end), 'accept')
  t.equal(decideSprt(OURS, middle + 1, end), 'reject')
})

t.test('E23: more errors never turn a decision for the better', async () => {
  const order = { accept: 0, 'go-on': 1, reject: 2 }
  fc.assert(
    fc.property(fc.nat(10), fc.integer({ min: 20, max: 60_000 }), (wrong, checked) => {
      const [fewer, more] = [wrong, wrong + 1].map((n) => order[decideSprt(OURS, n, checked)])
      return (fewer ?? 9) <= (more ?? -1)
    }),
    { numRuns: 20 },
  )
})

t.test('E24: how many known answers show somebody', async (t) => {
  t.same(
    [0.03, 0.01, 0.005, 0.001].map((rate) => goldSize(rate)),
    [99, 299, 598, 2995],
  )
  const flag = goldFlag(300, 0.01)
  t.equal(flag?.errors, 7)
  meets(t, flag?.chanceAt(0.01), '0.0328', 'false flags')
  meets(t, flag?.chanceAt(0.03), '0.7974', 'power')
  t.equal(goldFlag(2, 0.5), null, 'two fields show nothing')
})
