import fc from 'fast-check'
import { t } from 'tap'
import { acceptableErrors, type GateQuestion, poissonAtLeast, releaseGate } from '../src/index.ts'

const BOOK = { fields: 4000, checked: 240, wrong: 0 }
const CLASS = { name: 'given-name', target: 0.001, identity: false, book: BOOK }

function ask(
  window: { wrong: number; checked: number },
  change: Partial<GateQuestion> & { readonly one?: object } = {},
) {
  const { one, ...rest } = change
  return releaseGate({
    classes: [{ ...CLASS, window, ...one }],
    look: 1,
    openCases: 0,
    unresolvedRows: 0,
    drawnAfterFreeze: true,
    ...rest,
  })
}

t.test('E19: what is missing until release, in numbers for a sentence', async (t) => {
  const { open, stops, classes } = ask({ wrong: 0, checked: 1240 })
  const [answer] = classes
  t.equal(open, false)
  t.same(stops, [])
  t.equal(Math.round((answer?.process.upper ?? 0) * 10_000), 24, 'at most 24 in 10,000')
  t.match(answer, {
    name: 'given-name',
    target: 0.001,
    passed: false,
    process: { wrong: 0, checked: 1240, confidence: 0.95, passed: false, moreNeeded: 1755 },
    book: { wrong: 0, checked: 240, needed: 200, moreNeeded: 0, acceptable: 1, passed: true },
  })
  t.equal(ask({ wrong: 0, checked: 1240 + 1754 }).open, false, 'one less is too few')
  t.equal(ask({ wrong: 0, checked: 1240 + 1755 }).open, true, 'so many open it')
})

t.test('E19: the book has enough checked, and is no worse than its kind', async (t) => {
  const window = { wrong: 0, checked: 3000 }
  const book = (checked: number, wrong: number, fields = 4000) =>
    ask(window, { one: { book: { fields, checked, wrong } } })
  t.match(book(199, 0).classes[0]?.book, { needed: 200, moreNeeded: 1, passed: false })
  t.equal(book(200, 0).open, true)
  t.equal(book(200, 2).open, false, 'two of 200 are evidence against one in 1,000')
  t.match(book(200, 0, 50_000).classes[0]?.book, { needed: 1000, moreNeeded: 800 })
  t.match(book(60, 0, 60).classes[0]?.book, { needed: 60, passed: true }, 'all of a small book')
  t.equal(ask({ wrong: 0, checked: 0 }).classes[0]?.process.upper, 1, 'nothing audited yet')
})

t.test('E19: acceptable errors are those that are no evidence', async (t) => {
  t.equal(acceptableErrors(400, 0.0001), 0, 'below .05 expected')
  t.equal(acceptableErrors(0, 0.001), 0)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50_000 }),
      fc.double({ min: 1e-5, max: 0.02, noNaN: true }),
      (checked, target) => {
        const errors = acceptableErrors(checked, target)
        const chance = (count: number) => poissonAtLeast(count, checked * target)
        return chance(errors) > 0.05 && chance(errors + 1) <= 0.05
      },
    ),
    { numRuns: 40 },
  )
})

t.test('E20: stops keep it shut whatever the figures say', async (t) => {
  const window = { wrong: 0, checked: 5000 }
  t.equal(ask(window).open, true)
  const wrongName = { identity: true, book: { ...BOOK, wrong: 1 } }
  const shut = (change: Parameters<typeof ask>[1], stop: object) => {
    const answer = ask(window, change)
    t.equal(answer.open, false)
    t.same(answer.stops, [stop])
  }
  shut({ one: wrongName }, { kind: 'identity-errors', class: 'given-name', count: 1 })
  shut({ openCases: 2 }, { kind: 'open-cases', count: 2 })
  shut({ unresolvedRows: 3 }, { kind: 'unresolved-rows', count: 3 })
  shut({ drawnAfterFreeze: false }, { kind: 'drawn-before-freeze' })
  shut({ classes: [] }, { kind: 'nothing-to-release' })
  t.equal(ask(window, { one: { ...wrongName, identity: false } }).open, true, 'one is acceptable')
})

t.test('E21: each further look asks for more confidence', async (t) => {
  const looks = [1, 2, 3].map((look) => ask({ wrong: 0, checked: 0 }, { look }).classes[0])
  t.same(
    looks.map((answer) => answer?.process.confidence),
    [0.95, 0.975, 0.9875],
  )
  t.same(
    looks.map((answer) => answer?.process.moreNeeded),
    [2995, 3688, 4380],
  )
  t.throws(() => ask({ wrong: 0, checked: 0 }, { look: 0 }), RangeError)
})

t.test('E19: one class that fails keeps the book, and impossible counts are refused', async (t) => {
  const passes = { ...CLASS, window: { wrong: 0, checked: 5000 } }
  const fails = { ...passes, name: 'date', target: 0.0001 }
  const rest = { look: 1, openCases: 0, unresolvedRows: 0, drawnAfterFreeze: true }
  const answer = releaseGate({ classes: [passes, fails], ...rest })
  t.equal(answer.open, false)
  t.same(
    answer.classes.map(({ name, passed }) => [name, passed]),
    [
      ['given-name', true],
      ['date', false],
    ],
  )
  t.throws(() => ask({ wrong: 2, checked: 1 }), RangeError)
  t.throws(() => ask({ wrong: 0, checked: 9 }, { one: { target: 0 } }), RangeError)
  t.throws(() => ask({ wrong: 0, checked: 9 }, { openCases: -1 }), RangeError)
})

t.test('E19: an error never opens a gate, and a field that is right never shuts one', async () => {
  const window = fc.record({ wrong: fc.nat(6), checked: fc.integer({ min: 10, max: 20_000 }) })
  fc.assert(
    fc.property(window, ({ wrong, checked }) => {
      const [now, worse, better] = [
        ask({ wrong, checked }).open,
        ask({ wrong: wrong + 1, checked: checked + 1 }).open,
        ask({ wrong, checked: checked + 1 }).open,
      ]
      return (!worse || now) && (!now || better)
    }),
    { numRuns: 60 },
  )
})
