/** Rules R5–R10 and R12 of docs/spec/arbitration.md: who rules, on what, and what a ruling does. */
import { randomUUID } from 'node:crypto'
import {
  pageSettled,
  type Ruling,
  readingWanted,
  rulingMade,
  type SettledValue,
} from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { choose, chooseExistence, entryOf, openTruth, questionOn, refusalOf } from './open-truth.ts'

/** One page on which the typists wrote two villages. */
async function openDispute(t: Test) {
  const truth = await openTruth(t)
  await truth.keyTwice(truth.page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  return truth
}

t.test('R5: nobody rules on a page that he or she had in hand', async (t) => {
  const truth = await openTruth(t)
  const { page } = truth
  const [one, other] = truth.typists
  const [holder = '', late = ''] = newPeople(2)
  await truth.enter(entryOf(page, one, 1, [recordOf({ village: 'một' })], [one, holder]))
  await truth.enter(entryOf(page, other, 2, [recordOf({ village: 'hai' })], [other]))
  await truth.enter(entryOf(page, late, null, [recordOf()], [late]))
  for (const person of [one, other, holder, late]) t.same(await truth.take(person), [])

  const { questions } = await truth.takeOne(truth.arbiter)
  for (const arbiter_id of [one, holder, late]) {
    const ruling = {
      ruling_id: randomUUID(),
      submission_id: randomUUID(),
      question_id: questions[0]?.questionId ?? '',
      page_id: page.pageId,
      escalated: false,
      verdict: 'first',
    }
    await t.rejects(
      truth.db
        .insertInto('ruling')
        .values({ ...ruling, arbiter_id })
        .execute(),
      { code: 'SN002' },
      'nor does the database let it pass',
    )
  }
  await t.rejects(truth.db.deleteFrom('seen').execute(), { code: 'SN001' })
})

t.test('R6: each verdict settles the field as it says', async (t) => {
  const truth = await openTruth(t, 24)
  for (const page of truth.pages) {
    await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  }
  const value = { value: 'ba', origin: 'typed' } as const
  const seen = new Set<string>()
  const verdicts = ['first', 'second', 'both', 'other', 'illegible'] as const
  for (const [index, { pageId }] of truth.pages.entries()) {
    const assignment = await truth.takeOne(truth.arbiter)
    const { questionId, readings } = questionOn(assignment, 'village')
    const verdict = verdicts[index % 5] ?? 'both'
    const ruling = verdict === 'other' ? { questionId, verdict, value } : { questionId, verdict }
    t.same((await truth.rule(truth.arbiter, assignment, [ruling])).open, 0)
    const shown = verdict === 'second' ? readings[1] : readings[0]
    const expected: Record<typeof verdict, Partial<SettledValue>> = {
      first: { value: shown?.value ?? '' },
      second: { value: shown?.value ?? '' },
      both: { value: 'một', rule: 'ruling-both' },
      other: { value: 'ba', rule: 'ruling-other' },
      illegible: { value: '', mark: 'illegible', rule: 'ruling-illegible' },
    }
    t.equal(assignment.pageId, pageId, 'the longest-waiting page comes first')
    const [values] = await truth.settledValues(pageId)
    t.match(values, { village: { how: 'ruled', class: 'different', ...expected[verdict] } })
    t.match(values, { fullName: { how: 'agreed', value: 'Trần Thị Mận' } })
    seen.add(`${verdict} ${readings[0]?.value}`)
  }
  t.ok(seen.size > 5, 'in both orders of showing')
  t.match(await factsSaid(truth.db, rulingMade), [{ verdict: 'first', arbiterId: truth.arbiter }])
})

t.test('R6: a verdict that does not fit its question is refused and changes nothing', async (t) => {
  const truth = await openDispute(t)
  const assignment = await truth.takeOne(truth.arbiter)
  const { questionId } = questionOn(assignment, 'village')
  const long = { value: 'x'.repeat(101), origin: 'typed' } as const
  const wrong: Ruling[][] = [
    [{ questionId: randomUUID(), verdict: 'first' }],
    [{ questionId, verdict: 'other' }],
    [{ questionId, verdict: 'other', value: long }],
    [{ questionId, verdict: 'first', value: { value: 'một', origin: 'typed' } }],
    [{ questionId, verdict: 'escalate' }],
    [
      { questionId, verdict: 'first' },
      { questionId, verdict: 'second' },
    ],
  ]
  for (const rulings of wrong) {
    const problem = await refusalOf(truth.rule(truth.arbiter, assignment, rulings))
    t.equal(problem.code, 'RULING_INVALID')
    t.notMatch(JSON.stringify(problem.toBody()), /một|xxx/, 'and quotes nothing')
  }
  t.same(await factsSaid(truth.db, rulingMade), [])
})

t.test('R7, R19: a record that only one typist has is ruled to be there, or not', async (t) => {
  const truth = await openTruth(t, 2)
  const extra = recordOf({ fullName: 'Lê Văn Thêm', birthDate: '9/9/1999' })
  for (const page of truth.pages) await truth.keyTwice(page, [recordOf(), extra], [recordOf()])

  const dropped = await truth.takeOne(truth.arbiter)
  t.match(dropped.questions, [{ kind: 'record', record: 2, readings: [null, null] }])
  t.equal(dropped.questions.length, 1, 'the record, and none of its fields')
  const { entries = [], present } = questionOn(dropped, null, 2)
  t.same(entries, present[0] ? [[extra], []] : [[], [extra]], 'as its only reader has it')
  const none = chooseExistence(questionOn(dropped, null, 2), false)
  t.equal((await truth.rule(truth.arbiter, dropped, [none])).open, 0)
  t.equal((await truth.settledValues(dropped.pageId)).length, 1)

  const kept = await truth.takeOne(truth.arbiter)
  const [, page] = truth.pages
  if (page?.pageId !== kept.pageId) throw new Error('the second page comes second')
  const there = chooseExistence(questionOn(kept, null, 2), true)
  t.equal((await truth.rule(truth.arbiter, kept, [there])).open, 0, 'nothing more for an arbiter')
  const wanted = { pageId: kept.pageId, pass: 2, turn: 2, places: [2], notBy: [truth.arbiter] }
  t.same(await factsSaid(truth.db, readingWanted), [wanted])
  t.same(await truth.settledValues(kept.pageId), [])

  await truth.keyWanted(page, () => [{ ...extra, village: { value: 'Tây', origin: 'typed' } }])
  const compared = await truth.takeOne(truth.arbiter)
  t.match(compared.questions, [{ kind: 'field', record: 2, field: 'village' }])
  t.equal(compared.questions.length, 1, 'only what truly differs')
  const village = choose(questionOn(compared, 'village', 2), 'Tây')
  t.equal((await truth.rule(truth.arbiter, compared, [village])).open, 0)
  t.match(await truth.settledValues(kept.pageId), [
    {},
    { fullName: { value: 'Lê Văn Thêm', how: 'agreed' }, village: { value: 'Tây', how: 'ruled' } },
  ])
})

t.test('R8: an arbitration may be ruled on piece by piece', async (t) => {
  const truth = await openTruth(t)
  const { page } = truth
  await truth.keyTwice(page, [recordOf({ village: 'm', fullName: 'A' })], [recordOf()])
  const assignment = await truth.takeOne(truth.arbiter)
  const village = choose(questionOn(assignment, 'village'), 'm')
  t.equal((await truth.rule(truth.arbiter, assignment, [village])).open, 1)
  const rest = await truth.takeOne(truth.arbiter)
  t.same(rest.questions, [questionOn(assignment, 'fullName')])
  const again = await refusalOf(truth.rule(truth.arbiter, assignment, [village]))
  t.equal(again.code, 'RULED_ALREADY')
  const name = choose(questionOn(assignment, 'fullName'), 'A')
  t.equal((await truth.rule(truth.arbiter, assignment, [name])).open, 0)
  t.match(await truth.settledValues(page.pageId), [{ village: { value: 'm' } }])
})

t.test(
  'R9: a submission that is sent again has the same answer and no second effect',
  async (t) => {
    const truth = await openDispute(t)
    const assignment = await truth.takeOne(truth.arbiter)
    const rulings = [choose(questionOn(assignment, 'village'), 'hai')]
    const submissionId = randomUUID()
    const send = () => truth.rule(truth.arbiter, assignment, rulings, submissionId)
    const answers = await Promise.all([send(), send(), send()])
    for (const answer of answers) t.same(answer, { submissionId, open: 0 })
    t.same(await send(), answers[0], 'also after the page is settled')
    t.equal((await factsSaid(truth.db, rulingMade)).length, 1)
    t.equal((await factsSaid(truth.db, pageSettled)).length, 1)
    t.equal(
      (await refusalOf(truth.rule(truth.arbiter, assignment, rulings))).code,
      'LEASE_ENDED',
      'a new submission comes too late',
    )
  },
)

t.test('R10: a question that is passed on with a note goes to a supervisor', async (t) => {
  const truth = await openDispute(t)
  const { arbiter, supervisor } = truth
  const assignment = await truth.takeOne(arbiter)
  const { questionId } = questionOn(assignment, 'village')
  const passing = [{ questionId, verdict: 'escalate', note: 'chữ viết đè' }] as const
  t.equal((await truth.rule(arbiter, assignment, [...passing])).open, 0, 'done for the arbiter')
  t.same(await truth.settledValues(truth.page.pageId), [])
  t.same(await truth.take(arbiter), [])
  t.same(await truth.take(arbiter, true), [], 'nor does the arbiter get it as a supervisor')
  t.same(await truth.take(truth.typists[0], true), [])

  const rulings = [choose(questionOn(assignment, 'village'), 'một')]
  const old = await refusalOf(truth.rule(arbiter, assignment, rulings))
  t.equal(old.code, 'LEASE_ENDED', 'the old lease does not count for the question passed on')

  const escalated = await truth.takeOne(supervisor, true)
  t.match(escalated, { escalated: true, questions: [{ questionId, note: 'chữ viết đè' }] })
  const second = await refusalOf(truth.rule(supervisor, escalated, [...passing]))
  t.equal(second.code, 'RULING_INVALID', 'which must be ruled on')
  t.equal((await truth.rule(supervisor, escalated, rulings)).open, 0)
  t.match(await truth.settledValues(truth.page.pageId), [{ village: { value: 'một' } }])
})

t.test('R12: comparisons, questions, rulings and records are never changed', async (t) => {
  const truth = await openDispute(t)
  const assignment = await truth.takeOne(truth.arbiter)
  await truth.rule(truth.arbiter, assignment, [choose(questionOn(assignment, 'village'), 'hai')])
  const tables = ['reading', 'comparison', 'question', 'ruling', 'ruling_submission'] as const
  const settled = ['settled_record', 'settled_page', 'arbitration_lease', 'seen'] as const
  for (const table of [...tables, ...settled]) {
    await t.rejects(truth.db.deleteFrom(table).execute(), { code: 'SN001' }, table)
  }
})
