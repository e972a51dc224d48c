/** Rule K78 of docs/spec/workplace.md: what keying costs the hands, whatever the input method. */
import fc from 'fast-check'
import { t } from 'tap'
import { EffortMeter } from '../src/desk/effort-meter.ts'

const AT = { record: 'r', field: 'name' }
const RUNS = { numRuns: 100 }

/** Each text and the milliseconds after which it stands there. */
function type(meter: EffortMeter, steps: readonly (readonly [string, number])[], from = 0) {
  let [before, now] = ['', from]
  for (const [after, passed] of steps) {
    now += passed
    meter.edit({ ...AT, before, after, isPaste: false }, now)
    before = after
  }
  return { typed: before, now }
}

t.test('K78: an input method that erases and writes anew is one key', async (t) => {
  const meter = new EffortMeter(0)
  // Unikey in Telex: v i e e t j; the third and the last key send backspaces and other letters.
  const steps = [
    ['v', 150],
    ['vi', 150],
    ['vie', 150],
    ['vi', 150],
    ['viê', 2],
    ['viêt', 150],
    ['viê', 150],
    ['vi', 1],
    ['việt', 2],
  ] as const
  const { typed } = type(meter, steps)
  const told = meter.effortOf([{ ...AT, typed }])
  t.match(told, { keys: 6, erased: 0, gapsMs: [905] })
  t.match(told.fields, { name: { inserted: 7, deleted: 3, pastes: 0 } })
  t.same(told.hands, { long: 0, pasted: 0, hurried: 0 })
})

t.test('K78: what a hand erases is erased, and a break is no work', async (t) => {
  const meter = new EffortMeter(0)
  type(meter, [
    ['a', 100],
    ['', 300],
    ['o', 300],
  ])
  meter.touch('r', 'village', 45_000)
  meter.touch('r', 'village', 47_000)
  const told = meter.effortOf([
    { ...AT, typed: 'o' },
    { ...AT, field: 'village', typed: '' },
  ])
  t.match(told, { keys: 3, erased: 1, gapsMs: [2_700] })
})

t.test('K78: what comes as a whole, and what comes quicker than hands, is counted', async (t) => {
  const meter = new EffortMeter(0)
  const whole = 'Trần Thị Mận'
  meter.edit({ ...AT, before: '', after: whole, isPaste: true }, 900)
  const quick = { record: 'r', field: 'village' }
  meter.edit({ ...quick, before: '', after: 'Thôn Đông', isPaste: false }, 905)
  const kept = [
    { ...AT, typed: whole },
    { ...quick, typed: 'Thôn Đông' },
    { ...AT, field: 'sex', typed: undefined },
  ]
  t.same(meter.effortOf(kept).hands, { long: 2, pasted: 1, hurried: 1 })
})

t.test('K78: whatever is typed, the counts fit, and tell of no letter', async () => {
  const step = fc.tuple(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.nat(40_000))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const meter = new EffortMeter(0)
      const { typed } = type(meter, steps)
      const { gapsMs, keys, erased, fields, hands } = meter.effortOf([{ ...AT, typed }])
      const { ms = 0, inserted = 0, deleted = 0 } = fields?.name ?? {}
      const letters = [...new Intl.Segmenter('vi').segment(typed)].length
      return (
        gapsMs[0] === ms &&
        ms <= steps.reduce((sum, [, passed]) => sum + passed, 0) &&
        inserted - deleted === letters &&
        erased >= 0 &&
        keys >= erased &&
        keys <= steps.length &&
        (hands?.pasted ?? 0) + (hands?.hurried ?? 0) <= (hands?.long ?? 0)
      )
    }),
    RUNS,
  )
})
