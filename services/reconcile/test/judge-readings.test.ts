/** Rules Q1–Q5 of docs/spec/accuracy.md. Pure. */
import { comparePages, inPairs, isQuestion } from '@songnhap/comparators'
import type { TypedRecords } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { judgeReadings } from '../src/judge-readings.ts'
import { type PlacedRuling, settlePage } from '../src/settle-page.ts'

const illegible = { value: '', mark: 'illegible', origin: 'typed' } as const

/** How each typist is judged when the page's questions are ruled on so. */
function judge(a: TypedRecords, b: TypedRecords, rulings: PlacedRuling[]) {
  const comparison = comparePages(SMALL_FORM, a, b)
  const readings = [inPairs(comparison.pairs, 0, a), inPairs(comparison.pairs, 1, b)] as const
  const state = settlePage({ form: SMALL_FORM, readings, ...comparison }, rulings)
  if (state.kind !== 'settled') throw new Error('a question was left open')
  return readings.map((typed) => judgeReadings(SMALL_FORM, typed, state.records))
}

const right = { records: 1, rowErrors: 0, wrong: [], unjudged: [] }

t.test('Q2: a reading is wrong when the settled value is another text', async (t) => {
  const village = { record: 1, field: 'village' } as const
  const a = [recordOf({ village: 'một' })]
  const b = [recordOf({ village: 'hai' })]
  t.same(judge(a, b, [{ ...village, verdict: 'first' }]), [right, { ...right, wrong: ['village'] }])
  const value = { value: 'ba', origin: 'typed' } as const
  t.same(
    judge(a, b, [{ ...village, verdict: 'other', value }]).map(({ wrong }) => wrong),
    [['village'], ['village']],
    'both, when neither read what is there',
  )
  const spaced = [recordOf({ village: ' một' })]
  t.same(judge(spaced, [recordOf({ village: 'một' })], []), [right, right], 'not for a blank')
})

t.test('Q3: where both readings are acceptable, neither is wrong', async (t) => {
  const ruling = { record: 1, field: 'village', verdict: 'both' } as const
  t.same(judge([recordOf({ village: 'm' })], [recordOf({ village: 'n' })], [ruling]), [
    right,
    right,
  ])
})

t.test('Q4: a guess at what is illegible is not judged; to have said so is right', async (t) => {
  const ruling = { record: 1, field: 'village', verdict: 'illegible' } as const
  t.same(judge([recordOf({ village: illegible })], [recordOf()], [ruling]), [
    right,
    { ...right, unjudged: ['village'] },
  ])
  const legible = { record: 1, field: 'village', verdict: 'second' } as const
  t.same(
    judge([recordOf({ village: illegible })], [recordOf()], [legible])[0],
    { ...right, wrong: ['village'] },
    'but to call illegible what can be read is wrong',
  )
})

t.test('Q5: a record left out or made up counts once', async (t) => {
  const two = [recordOf(), recordOf({ fullName: 'Lê Văn Thêm' })]
  const gone: PlacedRuling[] = [{ record: 2, field: null, verdict: 'second' }]
  t.same(judge(two, [recordOf()], gone), [{ ...right, rowErrors: 1 }, right])
  const there: PlacedRuling[] = [
    { record: 2, field: null, verdict: 'first' },
    ...SMALL_FORM.fields.map(({ name }): PlacedRuling => {
      return { record: 2, field: name, verdict: 'first' }
    }),
  ]
  t.same(judge(two, [recordOf()], there), [
    { ...right, records: 2 },
    { ...right, rowErrors: 1 },
  ])
})

t.test('Q1: whatever the page, each settled field of each reading is counted once', async (t) => {
  const text = fc.constantFrom('một', 'hai', ' một')
  const record = fc.record({ fullName: text, birthDate: text, village: text }).map(recordOf)
  const records = fc.array(record, { maxLength: 3 })
  const verdict = fc.constantFrom('first', 'second', 'both', 'illegible')
  const property = fc.property(records, records, fc.infiniteStream(verdict), (a, b, verdicts) => {
    const { pairs, differences, records } = comparePages(SMALL_FORM, a, b)
    const paired = [inPairs(pairs, 0, a), inPairs(pairs, 1, b)] as const
    const rulings = differences
      .filter((difference) => isQuestion(SMALL_FORM, difference))
      .map(({ record, field, present }): PlacedRuling => {
        const drawn = verdicts.next().value
        if (field !== null && present[0] && present[1]) return { record, field, verdict: drawn }
        const there = present[0] ? 'first' : 'second'
        return { record, field, verdict: there }
      })
    return judge(a, b, rulings).every((judgement, pass) => {
      const typed = pass === 0 ? a : b
      const wrong = (paired[pass] ?? []).flatMap((reading, index) =>
        SMALL_FORM.fields.filter(({ name }) => {
          if (reading === null) return false
          const ruling = rulings.find((r) => r.record === index + 1 && r.field === name)
          const chosen = { first: 0, second: 1, both: pass, illegible: pass }[
            ruling?.verdict === 'other' || ruling?.verdict === 'escalate'
              ? 'both'
              : (ruling?.verdict ?? 'both')
          ]
          const truth = paired[chosen === 0 ? 0 : 1][index]?.[name]?.value
          return reading[name]?.value.trim() !== truth?.trim()
        }),
      )
      return (
        judgement.records === typed.length &&
        judgement.rowErrors === records - typed.length &&
        judgement.wrong.length === wrong.length
      )
    })
  })
  t.doesNotThrow(() => fc.assert(property))
})
