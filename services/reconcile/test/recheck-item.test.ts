/** Rules V1 and V3 of docs/spec/second.md, before anything is stored. */
import { randomUUID } from 'node:crypto'
import type { FieldDefinition, Verdict } from '@songnhap/contracts'
import { total } from '@songnhap/database'
import fc from 'fast-check'
import { t } from 'tap'
import { arbitersOf } from '../src/accuracy/arbiter-figures.ts'
import { arbiterChecks } from '../src/rechecks/arbiter-checks.ts'
import { drawOf } from '../src/rechecks/draw-of.ts'
import {
  decideRecheck,
  orderFor,
  type RecheckItem,
  type RecheckSeat,
} from '../src/rechecks/recheck-item.ts'
import { inShownOrder } from '../src/swap.ts'

const FIELD: FieldDefinition = {
  name: 'village',
  kind: 'text',
  label: { vi: 'Thôn', en: 'Village' },
  lengthMax: 100,
}
const READINGS = [{ value: 'Đông' }, { value: 'Tây' }, { value: 'Nam' }] as const
const PLACES = ['first', 'second', 'third'] as const
const CONTENT_OF = {
  first: READINGS[0],
  second: READINGS[1],
  third: READINGS[2],
  both: READINGS[0],
  illegible: { value: '', mark: 'illegible' },
} as const
/** In terms of the passes; of two readings, of three, and of what two had alike beside a third one. */
const ASKED = [
  { verdicts: ['first', 'second', 'both', 'illegible'], thirdAts: [null], agreed: false },
  { verdicts: ['first', 'second', 'third', 'illegible'], thirdAts: [0, 1, 2], agreed: false },
  { verdicts: ['first', 'third', 'both', 'illegible'], thirdAts: [null], agreed: true },
] as const
const SIZED = { numRuns: 200 }

t.test('V1: what is drawn follows from the secret, evenly', async (t) => {
  const ids = Array.from({ length: 4000 }, () => randomUUID())
  const drawn = ids.filter((id) => drawOf('bí mật', id) < 0.1)
  t.same(
    ids.filter((id) => drawOf('bí mật', id) < 0.1),
    drawn,
  )
  // Beyond six standard errors either way chance does not come.
  t.ok(drawn.length > 286 && drawn.length < 514, `${drawn.length} of 4,000 at 10 %`)
  t.notSame(
    ids.filter((id) => drawOf('khác', id) < 0.1),
    drawn,
  )
})

t.test('V3: what is decided does not depend on the order in which readings are shown', async () => {
  const arbitrary = fc.constantFrom(...ASKED).chain(({ verdicts, thirdAts, agreed }) => {
    const verdict = fc.constantFrom<keyof typeof CONTENT_OF>(...verdicts)
    return fc.record({
      ruled: verdict,
      second: fc.oneof(verdict, fc.constant('escalate' as const)),
      last: fc.option(verdict),
      swapped: fc.boolean(),
      lastSwapped: fc.boolean(),
      thirdAt: fc.constantFrom<number | null>(...thirdAts),
      agreed: fc.constant(agreed),
    })
  })
  fc.assert(
    fc.property(arbitrary, ({ ruled, second, last, swapped, lastSwapped, ...asked }) => {
      const orders = { swapped, lastSwapped }
      const answer = (seat: RecheckSeat, said: Verdict) => {
        const at = inShownOrder<Verdict>(PLACES, orderFor({ ...orders, question }, seat))
        return { seat, verdict: PLACES[at.indexOf(said)] ?? said }
      }
      const question: RecheckItem['question'] = {
        questionId: 'question',
        kind: 'field',
        turns: [1, 1],
        rows: [0, 0],
        field: 'village',
        subject: null,
        swapped: false,
        ...asked,
      }
      const item: RecheckItem = {
        itemId: 'item',
        rulingId: 'ruling',
        arbiterId: 'arbiter',
        record: 1,
        field: FIELD,
        reason: 'drawn',
        question,
        ...orders,
        readings: READINGS,
        ruled: { content: CONTENT_OF[ruled], isBoth: ruled === 'both' },
        answers: [answer(4, second), ...(last === null ? [] : [answer(5, last)])],
      }
      const { is } = decideRecheck(item)
      if (second === ruled) return is === 'confirmed'
      if (last === null) return is === 'disputed'
      return is === (last === ruled ? 'confirmed' : 'overturned')
    }),
    SIZED,
  )
})

t.test('V6: what counts of an arbiter amount to', async (t) => {
  const cutOff = { asOf: '2026-03-02T01:02:03.000Z', truth: 1 }
  const checksOf = (amounts: Record<string, number>) => {
    const counts = Object.entries({ rulings: 1, ...amounts }).map(([measure, amount]) => {
      return { scope: 'campaign', subject: 'arbiter', field: '', measure, amount }
    })
    const [figures] = arbitersOf(counts, cutOff)
    if (figures === undefined) throw new Error('somebody ruled')
    return arbiterChecks(figures, (measure) => total(counts, measure), null, cutOff)
  }
  t.match(checksOf({}), {
    disagreement: { value: null, low: null, high: null },
    error: { value: null, low: null, high: null },
    orderBias: null,
  })
  // As quality.md has it: 5 % of disagreement, 3 of 200 overturned, 560 of 1,000 shown first.
  const { error, orderBias, overturned, audited, firstChosen } = checksOf({
    'second-checked': 210,
    'second-passed-on': 10,
    'second-disagreed': 10,
    'second-overturned': 3,
    'chose-first': 560,
    'chose-second': 440,
    'audited-ruled': 50,
    'audited-ruled-wrong': 1,
  })
  t.equal(error.value?.toFixed(7), '0.0256584')
  t.ok((error.low ?? 1) < 0.0257 && (error.high ?? 0) > 0.0257)
  t.equal(orderBias?.z.toFixed(4), '3.7947')
  t.equal(orderBias?.pValue.toFixed(8), '0.00016505')
  t.match(
    [overturned, audited, firstChosen],
    [
      { numerator: 3, denominator: 210 },
      { value: 0.02, method: 'binomial', ...cutOff },
      { value: 0.56 },
    ],
  )
})
