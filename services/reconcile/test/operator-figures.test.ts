/** Rules Q13, Q17–Q19 of docs/spec/accuracy.md, for all counts. Pure. */
import { COINCIDENCE_AT_START } from '@songnhap/statistics'
import { SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { COUNTED, type Counted } from '../src/accuracy/count-judgement.ts'
import { exactFigure } from '../src/accuracy/figures.ts'
import { ranked, ratesOf } from '../src/accuracy/operator-figures.ts'
import { type CountsOfForm, tallyOperators } from '../src/accuracy/operator-tally.ts'
import { arbiterErrorOf, coincidenceOf } from '../src/accuracy/read-basis.ts'
import { expectedErrors, expectedRates } from '../src/accuracy/strata.ts'
import { type KeyedPage, trendOf } from '../src/accuracy/trend.ts'

const NAMES = SMALL_FORM.fields.map(({ name }) => name)
const NONE = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>
const rowOf = (typist: string, field: string, counts: Partial<Record<Counted, number>>) => {
  return { typist, campaignId: 'campaign', version: 1, field, ...NONE, ...counts }
}

/** What somebody was judged on: so many records, and so many errors a field. */
const anOperator = fc
  .tuple(fc.integer({ min: 1, max: 900 }), fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)))
  .map(([records, errors]) => (typist: string): CountsOfForm[] => [
    rowOf(typist, '', { records, pages: 1 }),
    ...NAMES.map((name, at) => rowOf(typist, name, { wrong: Math.min(records, errors[at] ?? 0) })),
  ])
const operators = fc
  .array(anOperator, { minLength: 1, maxLength: 8 })
  .map((makers) => makers.flatMap((make, at) => make(`typist ${at}`)))
  .map((rows) => [...tallyOperators(rows, () => SMALL_FORM).values()])

t.test('Q13: judged is every field of every record, and wrong never more', async (t) => {
  fc.assert(
    fc.property(operators, (tallies) => {
      for (const tally of tallies) {
        t.equal(tally.judged, tally.records * NAMES.length)
        t.ok(tally.fields.every(({ wrong, judged }) => wrong <= judged))
        const { enough, rate } = ratesOf(tally, { asOf: '', truth: 0 })
        t.equal(enough, tally.judged >= 300)
        t.equal(rate === null, !enough)
      }
    }),
    { numRuns: 30 },
  )
})

t.test('Q18: what is expected of all lies near what all made, whoever they are', async (t) => {
  fc.assert(
    fc.property(operators, (tallies) => {
      const made = tallies.reduce((sum, { wrong }) => sum + wrong, 0)
      const rates = expectedRates(tallies)
      if (made === 0) return t.equal(rates, null)
      const expected = tallies.reduce((sum, { fields }) => sum + expectedErrors(fields, rates), 0)
      const judged = tallies.reduce((sum, one) => sum + one.judged, 0)
      // Each field is drawn towards the rate of all by as much as 100 fields weigh.
      const drawn = 3 * 100 * (made / judged)
      return t.ok(Math.abs(expected - made) <= drawn + 1e-6 || made / judged > 0.3)
    }),
    { numRuns: 30 },
  )
})

t.test(
  'Q17: coincidence lies between what is taken at the start and what audits found',
  async (t) => {
    const count = fc.nat(5_000)
    fc.assert(
      fc.property(count, count, operators, (audited, alike, tallies) => {
        const found = Math.min(audited, alike)
        const told = coincidenceOf(tallies, { audited, alike: found })
        t.equal(told.source, audited < 300 ? 'start' : 'audits')
        if (told.source === 'start') return t.equal(told.value, COINCIDENCE_AT_START)
        const data = told.denominator === 0 ? COINCIDENCE_AT_START : found / told.denominator
        const [low, high] = [data, COINCIDENCE_AT_START].toSorted((a, b) => a - b)
        t.ok(told.value >= (low ?? 0) - 1e-12 && told.value <= (high ?? 1) + 1e-12)
        return t.ok(told.value < 1)
      }),
      { numRuns: 40 },
    )
  },
)

t.test('Q17: what arbiters err is counted by once 200 of their rulings were checked', async (t) => {
  const found = (checked: number, passedOn: number, fell: number) =>
    arbiterErrorOf(
      Object.entries({ checked, 'passed-on': passedOn, overturned: fell }).map(([what, amount]) => {
        return { scope: '', subject: '', field: '', measure: `second-${what}`, amount }
      }),
    )
  t.match(found(199, 0, 6), { value: 0, source: 'start', numerator: 6, denominator: 199 })
  t.match(found(210, 10, 6), { value: 0.03, source: 'checks', numerator: 6, denominator: 200 })
  t.equal(found(200, 0, 150).value, 0.4, 'a rate can still be told')
})

function drawer(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** 300 pages of 27 fields each; the chance of an error is this on page number so and so. */
function keyed(rate: (page: number) => number, seed: number): KeyedPage[] {
  const random = drawer(seed)
  return Array.from({ length: 300 }, (_, at) => {
    const day = `2026-03-${String(1 + Math.floor(at / 20)).padStart(2, '0')}`
    const wrong = Array.from({ length: 27 }, (_, n) => NAMES[n % 3] ?? '').filter(
      () => random() < rate(at),
    )
    return { day, form: SMALL_FORM, records: 9, wrong, unjudged: [] }
  })
}

t.test('Q19: who gets worse is signalled, and who always errs more is not', async (t) => {
  const signals = (rate: (page: number) => number) =>
    Array.from({ length: 20 }, (_, seed) => trendOf(keyed(rate, seed + 1), () => 0.01, 1))
  const days = (rate: (page: number) => number) =>
    signals(rate).map((trend) => trend?.signalDays ?? [])
  const steady = days(() => 0.01).filter((found) => found.length > 0)
  t.ok(steady.length <= 2, `${steady.length} of 20 steady people were signalled`)
  const careless = days(() => 0.03).filter((found) => found.length > 0)
  t.ok(careless.length <= 4, `${careless.length} of 20 who always err thrice as often`)
  const drifting = days((page) => (page < 150 ? 0.01 : 0.03))
  t.ok(drifting.filter((found) => found.length > 0).length >= 19, 'nearly all that drift')
  t.ok(
    drifting.flat().every((day) => day >= '2026-03-08'),
    'and none before they do',
  )
  t.equal(
    trendOf(
      keyed(() => 0.01, 1),
      null,
      1,
    ),
    null,
    'nobody has erred yet',
  )
  t.same(trendOf([], () => 0.01, 1)?.signalDays, [])
})

t.test(
  'Q19: hard pages among easy ones are no drift, as the limit knows how they scatter',
  async (t) => {
    const hardness = drawer(7)
    const isHard = Array.from({ length: 300 }, () => hardness() < 0.1)
    const rate = (page: number) => (isHard[page] ? 0.08 : 0.0022)
    const signalled = (pageEffect: number) =>
      Array.from({ length: 20 }, (_, seed) =>
        trendOf(keyed(rate, seed + 1), () => 0.01, pageEffect),
      ).filter((trend) => (trend?.signalDays.length ?? 0) > 0).length
    const [known, unknown] = [signalled(2.5), signalled(1)]
    t.ok(
      known <= 2 && known < unknown,
      `${known} of 20, and ${unknown} as if fields were independent`,
    )
  },
)

t.test('Q14: who has the lower bound is ranked before, and equals share a rank', async (t) => {
  const bounds = [0.02, 0.01, null, 0.02]
  const figures = bounds.map((high, at) => {
    const tally = tallyOperators([rowOf(`${at}`, '', { records: 200 })], () => SMALL_FORM)
    const [one] = tally.values()
    if (one === undefined) throw new Error('one was counted')
    const cutOff = { asOf: '', truth: 0 }
    const shrunk =
      high === null
        ? null
        : ({
            value: high / 2,
            numerator: 0,
            denominator: 600,
            low: null,
            high,
            method: 'beta-posterior',
            confidence: 0.95,
            ...cutOff,
          } as const)
    const none = exactFigure(0, 0, cutOff)
    const rest = { corrected: null, ratio: null, trend: null, agreed: none, known: none }
    return { operatorId: `${at}`, ...ratesOf(one, cutOff), shrunk, ...rest }
  })
  t.same(
    ranked(figures).map(({ rank }) => rank),
    [2, 1, null, 2],
  )
})
