/** What a form accepts without an arbiter, and what is then settled. */
import type { FieldDefinition } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { compareReadings, isWrong, needsArbiter, settledForm } from '../src/index.ts'
import { anyField, anyReading } from './any-content.ts'
import { fieldOf, typed } from './field-of.ts'

const LENIENT = fieldOf('name', { comparison: { accept: ['equivalent', 'both-blank', 'variant'] } })
const STRICT = fieldOf('name', { comparison: { accept: [] } })

function settle(field: FieldDefinition, a: string, b: string): string {
  const outcome = compareReadings(field, typed(a), typed(b))
  return settledForm(field, typed(a), typed(b), outcome).value
}

t.test('C8: a form says what it accepts; identical readings it always does', async (t) => {
  t.equal(needsArbiter(LENIENT, { class: 'variant' }), false)
  t.equal(needsArbiter(LENIENT, { class: 'different' }), true)
  for (const found of ['equivalent', 'both-blank', 'variant', 'different'] as const) {
    t.equal(needsArbiter(STRICT, { class: found }), true, found)
  }
  t.equal(needsArbiter(STRICT, { class: 'identical' }), false)
  t.equal(needsArbiter(null, { class: 'row-missing' }), true)
})

t.test(
  'C12: an accepted variant is no error, and no form of the same content ever is',
  async (t) => {
    t.equal(isWrong(LENIENT, typed('Lí'), typed('Lý')), false)
    t.equal(isWrong(LENIENT, typed('Lý'), typed('Lỷ')), true)
    t.equal(isWrong(STRICT, typed('LÝ'), typed('Lý')), false)
    t.equal(isWrong(STRICT, typed(''), typed('', 'blank')), false)
    t.equal(isWrong(STRICT, typed('Lí'), typed('Lý')), true)
  },
)

t.test('C28: of an accepted variant the fuller reading is settled', async (t) => {
  t.equal(settle(LENIENT, 'Ng. Văn An', ' Nguyễn  Văn An '), 'Nguyễn Văn An')
  t.equal(settle(LENIENT, 'Nguyễn Văn An', 'Nguyễn An'), 'Nguyễn Văn An')
  t.equal(settle(LENIENT, 'Lý', 'Lí'), 'Lí', 'í (U+00ED) comes before ý (U+00FD)')
  t.equal(settle(LENIENT, 'HMông', "H'Mông"), "H'Mông")
})

t.test('C18: of names that differ in case the one with proper capitals is settled', async (t) => {
  const field = fieldOf('name')
  const cases = [
    ['McDonald', 'MCDONALD', 'McDonald'],
    ['NGUYỄN VĂN AN', 'Nguyễn Văn An', 'Nguyễn Văn An'],
    ['nguyễn văn an', 'NGUYỄN VĂN AN', 'Nguyễn Văn An'],
    ['NGuyễn', 'NGUYỄN', 'Nguyễn'],
    ['nguyễN', 'NGUYỄN', 'Nguyễn'],
    ['McDonald', 'Mcdonald', 'Mcdonald'],
    ["H'LEN NIÊ-KDĂM", "H'Len Niê Kdăm", "H'Len Niê Kdăm"],
  ] as const
  for (const [a, b, expected] of cases) {
    t.equal(settle(field, a, b), expected, `${a} / ${b}`)
    t.equal(settle(field, b, a), expected, `${b} / ${a}`)
  }
})

t.test(
  'C18, C28: what is settled does not depend on the order, and is acceptable to both',
  async () => {
    const accept = fc.subarray(['equivalent', 'both-blank', 'variant'] as const)
    fc.assert(
      fc.property(anyField, accept, anyReading, anyReading, (bare, accept, a, b) => {
        const field = { ...bare, comparison: { ...bare.comparison, accept } }
        const outcome = compareReadings(field, a, b)
        if (needsArbiter(field, outcome)) return true
        const there = settledForm(field, Object.freeze(a), Object.freeze(b), outcome)
        const back = settledForm(field, b, a, outcome)
        const same = there.value === back.value && there.mark === back.mark
        return same && !isWrong(field, a, there) && !isWrong(field, b, there)
      }),
      { numRuns: 10_000 },
    )
  },
)

t.test('C8: what a person must decide is not settled by rule', async (t) => {
  const outcome = compareReadings(LENIENT, typed('An'), typed('Ân'))
  t.throws(() => settledForm(LENIENT, typed('An'), typed('Ân'), outcome), /settled by a person/)
})
