/** Rule R21 of docs/spec/arbitration.md: one cause for what differs on a page is one question. */
import {
  type FormDefinition,
  pageCompared,
  type Question,
  type Reading,
  type Ruling,
  readingWanted,
  type TypedRecord,
  type TypedRecords,
} from '@songnhap/contracts'
import { factsSaid, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { countedOf } from './counted.ts'
import { choose, openTruth, questionOn, refusalOf } from './open-truth.ts'

const FORM: FormDefinition = { ...SMALL_FORM, recordsMax: 20 }
const FAMILY = [
  'Lò',
  'Vàng',
  'Giàng',
  'Sùng',
  'Trần',
  'Phạm',
  'Lê',
  'Hoàng',
  'Đỗ',
  'Ngô',
  'Bùi',
  'Hà',
]
const PLACES = ['Tả Phìn', 'Bản Mế', 'Lũng Cú', 'Sà Phìn', 'Mường Lát', 'Chiềng Ve', 'Nậm Cắn']
const ROWS = FAMILY.length

const truthful = FAMILY.map((family, index) =>
  recordOf({
    fullName: `${family} Văn ${FAMILY[(index * 5 + 2) % ROWS]}`,
    birthDate: `${String(1 + index * 2).padStart(2, '0')}/${1 + (index % 12)}/19${60 + index}`,
    village: `${PLACES[index % PLACES.length]} ${index + 1}`,
  }),
)
const BLANK: Reading = { value: '', mark: 'blank', origin: 'typed' }

/** The village column a row too low from the third record on; its last value found no place. */
const slipped: TypedRecords = truthful.map((record, index): TypedRecord => {
  if (index < 2) return record
  return { ...record, village: index === 2 ? BLANK : (truthful[index - 1]?.['village'] ?? BLANK) }
})

/** The first typist keyed what stands there; the second did not. */
async function openSlip(t: Test, second: TypedRecords) {
  const truth = await openTruth(t, 1, FORM)
  await truth.keyTwice(truth.page, truthful, second)
  const assignment = await truth.takeOne(truth.arbiter)
  const question = questionOn(assignment, null, 0)
  const isFirst = JSON.stringify(question.entries?.[0]) === JSON.stringify(truthful)
  return { ...truth, assignment, question, isFirst }
}

/** A verdict on the second pass, as this arbiter was shown it. */
function onSecond(isFirst: boolean, act: 'correct' | 'send-back'): Ruling['verdict'] {
  return isFirst ? `${act}-second` : `${act}-first`
}

t.test('R17, R21: a column that slipped is one question, and nothing else is asked', async (t) => {
  const { assignment, question, isFirst, db } = await openSlip(t, slipped)
  t.equal(assignment.questions.length, 1)
  t.match(question, {
    kind: 'page',
    field: null,
    readings: [null, null],
    diagnosis: { kind: 'row-shift', fields: ['village'], shift: isFirst ? 1 : -1 },
  })
  t.notOk('pairs' in question)
  t.match(await factsSaid(db, pageCompared), [{ fields: 0, questions: 1 }])
})

t.test(
  'R21: a slip that is accepted leaves what truly differs, and the reading as it was',
  async (t) => {
    const truth = await openSlip(t, slipped)
    const { arbiter, assignment, question, isFirst, page } = truth
    const verdict = onSecond(isFirst, 'correct')
    const { questionId } = question
    t.equal((await truth.rule(arbiter, assignment, [{ questionId, verdict }])).open, 1)
    const next = await truth.takeOne(arbiter)
    const last: Question = questionOn(next, 'village', ROWS)
    t.equal(next.questions.length, 1, 'only the value that found no place')
    t.equal(last.readings.filter((reading) => reading === null).length, 1)
    const absent = last.readings[0] === null ? 'first' : 'second'
    const none: Ruling = { questionId: last.questionId, verdict: absent }
    t.equal((await refusalOf(truth.rule(arbiter, next, [none]))).code, 'RULING_INVALID')
    await truth.rule(arbiter, next, [choose(last, truthful.at(-1)?.['village']?.value ?? '')])

    const settled = await truth.settledValues(page.pageId)
    t.match(
      settled,
      truthful.map((record) => ({ village: { value: record['village']?.value } })),
    )
    t.match(settled[5], { village: { how: 'agreed' } })
    const kept = await truth.db
      .selectFrom('reading')
      .select('records')
      .where('pass', '=', 2)
      .execute()
    t.same(kept[0]?.records, slipped)
    const rounds = await truth.db
      .selectFrom('comparison')
      .select(['round', 'corrections'])
      .orderBy('round')
      .execute()
    t.match(rounds, [
      { round: 1, corrections: [] },
      { round: 2, corrections: [{ side: 1, turn: 1, diagnosis: { kind: 'row-shift' } }] },
    ])

    const typists = await countedOf(truth.db, truth.campaignId)
    const judged = Object.fromEntries(typists.map((one) => [one.operatorId, one]))
    const [one, other] = truth.typists
    t.match(judged[one], { judged: 3 * ROWS, wrong: 0, rowErrors: 0 })
    t.match(
      judged[other],
      { judged: 3 * ROWS - 1, wrong: 0, rowErrors: 1 },
      'Q12: one error, and not one a field',
    )
  },
)

t.test('R21: what is no slip is compared as it was typed', async (t) => {
  const { rule, takeOne, arbiter, assignment, question } = await openSlip(t, slipped)
  const { questionId } = question
  t.equal((await rule(arbiter, assignment, [{ questionId, verdict: 'as-typed' }])).open, 10)
  const { questions } = await takeOne(arbiter)
  t.same([...new Set(questions.map(({ kind, field }) => `${kind} ${field}`))], ['field village'])
})

t.test('R21, R22: a page keyed from another image can only be keyed again', async (t) => {
  const other = FAMILY.map((_, index) =>
    recordOf({
      fullName: `Nông Thị ${PLACES[index % 7]} ${index}`,
      birthDate: `${28 - index}.11.19${20 + index}`,
      village: `Khe ${FAMILY[(index * 7) % ROWS]} ${index * 31}`,
    }),
  )
  const { rule, takeOne, arbiter, assignment, question, isFirst, ...truth } = await openSlip(
    t,
    other,
  )
  t.match(question.diagnosis, { kind: 'wrong-image' })
  const { questionId } = question
  const verdict = onSecond(isFirst, 'correct')
  const refused = await refusalOf(rule(arbiter, assignment, [{ questionId, verdict }]))
  t.match(refused, { code: 'RULING_INVALID', details: [/only sent back/] })
  await rule(arbiter, assignment, [{ questionId, verdict: onSecond(isFirst, 'send-back') }])
  t.match(await factsSaid(truth.db, readingWanted), [{ pass: 2, turn: 2 }])
  await truth.keyWanted(truth.page, () => truthful)
  t.equal((await truth.settledValues(truth.page.pageId)).length, ROWS)
})
