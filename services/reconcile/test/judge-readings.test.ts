/** Rules Q1–Q5, Q9–Q11 of docs/spec/accuracy.md. Pure. */
import type { FormDefinition, Reading, Ruling, TypedRecords, Verdict } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { type Judgement, judgeReadings } from '../src/accuracy/judge-readings.ts'
import type { PageCase } from '../src/page-case.ts'
import { recordAt } from '../src/show-question.ts'
import { caseOf, keyWanted, playPage, rule } from './case-of.ts'

const illegible = { value: '', mark: 'illegible', origin: 'typed' } as const

interface Said {
  readonly record: number
  readonly field: string | null
  readonly verdict: Verdict
  readonly value?: Reading
}

/** How each typist is judged when the page's questions are ruled on so, and what is wanted keyed so. */
function judge(a: TypedRecords, b: TypedRecords, rulings: Said[], keyed: TypedRecords = []) {
  const page = caseOf(a, b)
  const idOf = ({ record, field }: Said) =>
    page.asked.find((question) => {
      return question.field === field && recordAt(page.round.pairs, question.rows) === record
    })?.questionId ?? ''
  const said = rulings.map((one): Ruling => {
    const { verdict, value } = one
    return { questionId: idOf(one), verdict, ...(value === undefined ? {} : { value }) }
  })
  const ruled = rule(page, said)
  return judged(ruled.state.kind === 'lacking' ? keyWanted(ruled, () => keyed) : ruled)
}

function judged({ state, compared }: PageCase) {
  if (state.kind !== 'settled') throw new Error('a question was left open')
  return judgeReadings(compared, state.records).map(inShort)
}

function inShort({ records, leftOut, madeUp, slips, errors, unjudged }: Judgement) {
  const wrong = errors.map(({ field }) => field.name)
  return { records, rowErrors: leftOut + madeUp + slips, wrong, unjudged }
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

t.test(
  'Q5, Q9: a record left out or made up counts once; who keys it then, for itself',
  async (t) => {
    const two = [recordOf(), recordOf({ fullName: 'Lê Văn Thêm' })]
    const gone: Said[] = [{ record: 2, field: null, verdict: 'second' }]
    t.same(judge(two, [recordOf()], gone), [{ ...right, rowErrors: 1 }, right])
    const there: Said[] = [{ record: 2, field: null, verdict: 'first' }]
    t.same(
      judge(two, [recordOf()], there, two.slice(1)),
      [{ ...right, records: 2 }, { ...right, rowErrors: 1 }, right],
      'the third person is judged for that record only',
    )
  },
)

t.test('Q10: a pass that was sent back is not judged, nor its typist', async (t) => {
  const two = [recordOf(), recordOf({ fullName: 'Lê Văn Thêm' })]
  const page = caseOf([recordOf(), recordOf()], [recordOf()])
  const [question] = page.asked
  t.equal(question?.kind, 'alignment', 'two records are alike')
  const { questionId = '' } = question ?? {}
  const sentBack = rule(page, [{ questionId, verdict: 'send-back-both' }])
  const { compared, state } = keyWanted(sentBack, () => two)
  if (state.kind !== 'settled') throw new Error('both keyed the same')
  t.match(judgeReadings(compared, state.records), [
    { typist: 'typist 1 2', records: 2, leftOut: 0, madeUp: 0 },
    { typist: 'typist 2 2', records: 2, leftOut: 0, madeUp: 0 },
  ])
})

t.test('Q11, R27: a field that one person keys is not judged', async (t) => {
  const [fullName, birthDate, village] = SMALL_FORM.fields
  if (fullName === undefined || birthDate === undefined || village === undefined) throw new Error()
  const form: FormDefinition = {
    ...SMALL_FORM,
    fields: [fullName, birthDate, { ...village, entry: 'single' }],
  }
  const { village: _, ...core } = recordOf()
  const { state, compared } = caseOf([recordOf()], [core], { form })
  if (state.kind !== 'settled') throw new Error('they agree')
  t.match(state.records, [{ values: { village: { value: 'Thôn Đông', how: 'single' } } }])
  t.match(judgeReadings(compared, state.records), [
    { records: 1, errors: [], unjudged: [] },
    { records: 1, errors: [], unjudged: [] },
  ])
})

t.test('Q1: whatever the page, each settled field of each reading is counted once', async (t) => {
  const text = fc.constantFrom('một', 'hai', ' một')
  const record = fc.record({ fullName: text, birthDate: text, village: text }).map(recordOf)
  const records = fc.array(record, { maxLength: 3 })
  const property = fc.property(records, records, fc.infiniteStream(fc.boolean()), (a, b, first) => {
    const page = playPage(caseOf(a, b), {
      pick: (open) => open,
      verdict: ({ questionId, kind, rows }, { round }) => {
        if (kind === 'page') return { questionId, verdict: 'as-typed' }
        if (kind === 'alignment') {
          const pairs = round.pairs.map(([x, y]): [number | null, number | null] => [x, y])
          return { questionId, verdict: 'aligned', pairs }
        }
        const drawn = first.next().value ? 'first' : 'second'
        // A record that is there would be keyed by a third person.
        const gone = rows[0] === null ? 'first' : 'second'
        return { questionId, verdict: kind === 'record' ? gone : drawn }
      },
      keyed: () => [],
    })
    const { state, compared } = page
    if (state.kind !== 'settled') return false
    const { pairs } = compared.round
    const both = pairs.filter((pair) => !pair.includes(null)).length
    return judged(page).every((judgement, pass) => {
      const typed = pass === 0 ? a : b
      const wrong = state.records.flatMap(({ record, values }) =>
        SMALL_FORM.fields.filter(({ name }) => {
          const reading = typed[pairs[record - 1]?.[pass === 0 ? 0 : 1] ?? -1]?.[name]
          return reading?.value.trim() !== values[name]?.value.trim()
        }),
      )
      return (
        judgement.records === both &&
        judgement.rowErrors === typed.length - both &&
        judgement.wrong.length === wrong.length
      )
    })
  })
  t.doesNotThrow(() => fc.assert(property))
})
