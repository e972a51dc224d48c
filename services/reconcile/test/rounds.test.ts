/**
 * Rules R17–R23 of docs/spec/arbitration.md: what is asked about a whole page, before its fields, and
 * what is keyed once more. What the two entries are is drawn in no order, so each verdict is placed.
 */
import {
  type ArbitrationAssignment,
  pageCompared,
  pageSettled,
  type Question,
  type RowPairs,
  type Ruling,
  readingWanted,
  rulingMade,
} from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { showEntries } from '../src/show-entries.ts'
import { countedOf } from './counted.ts'
import { choose, chooseExistence, entryOf, openTruth, questionOn, refusalOf } from './open-truth.ts'

const an = recordOf({ fullName: 'Lê Văn An', birthDate: '01/02/1985' })
const binh = recordOf({ fullName: 'Trần Thị Bình', birthDate: '15/07/1990' })
const cuong = recordOf({ fullName: 'Phạm Quốc Cường', birthDate: '30/11/1978' })
const three = [an, binh, cuong]
const anInTay = { ...an, village: { value: 'Tây', origin: 'typed' } } as const

/** One reader found three records that are alike, the other two: which one is missing? */
async function openDoubt(t: Test) {
  const truth = await openTruth(t)
  const alike = [recordOf(), recordOf(), recordOf()]
  await truth.keyTwice(truth.page, alike, [recordOf({ village: 'Tây' }), recordOf()])
  const assignment = await truth.takeOne(truth.arbiter)
  const question = questionOn(assignment, null, 0)
  return { ...truth, assignment, question, isFirst: question.entries?.[0].length === 3 }
}

/** Pairs of the longer entry's rows with those of the other, as this arbiter was shown them. */
function asShown(isFirst: boolean, pairs: RowPairs): RowPairs {
  return isFirst ? pairs : pairs.map(([x, y]) => [y, x])
}

const withoutTheSecond: RowPairs = [
  [0, 0],
  [1, null],
  [2, 1],
]

t.test('R17, R20: where records could be paired in two ways, nothing else is asked', async (t) => {
  const truth = await openDoubt(t)
  const { assignment, question, isFirst, arbiter } = truth
  t.match(question, { kind: 'alignment', record: 0, readings: [null, null] })
  t.notOk('class' in question)
  t.equal(assignment.questions.length, 1)
  t.same(question.entries?.map((entry) => entry.length).toSorted(), [2, 3])
  t.equal(question.pairs?.length, 3, 'and a pairing is proposed')
  t.match(await factsSaid(truth.db, pageCompared), [{ fields: 0, questions: 1 }])

  const { questionId } = question
  const ruling: Ruling = {
    questionId,
    verdict: 'aligned',
    pairs: asShown(isFirst, withoutTheSecond),
  }
  const { open } = await truth.rule(arbiter, assignment, [ruling])
  t.equal(open, 2, 'then its record and its field are')
  const next = await truth.takeOne(arbiter)
  t.equal(next.leaseToken, assignment.leaseToken, 'under the same lease')
  t.match(next.questions, [
    { kind: 'record', record: 2 },
    { kind: 'field', record: 1, field: 'village' },
  ])
  t.match((await factsSaid(truth.db, pageCompared))[1], { round: 2, fields: 6, questions: 2 })
  t.match(await factsSaid(truth.db, rulingMade), [
    { kind: 'alignment', record: 0, field: null, pairs: withoutTheSecond },
  ])
  const none = chooseExistence(questionOn(next, null, 2), false)
  const village = choose(questionOn(next, 'village', 1), 'Tây')
  t.equal((await truth.rule(arbiter, next, [none, village])).open, 0)
  t.match(await truth.settledValues(truth.page.pageId), [
    { village: { value: 'Tây' } },
    { village: { value: 'Thôn Đông', how: 'agreed' } },
  ])
})

t.test('R20: pairs that are none of the page are refused', async (t) => {
  const { rule, arbiter, assignment, question, isFirst, db } = await openDoubt(t)
  const { questionId } = question
  const wrong: RowPairs[] = [
    [[0, 0]],
    [...withoutTheSecond, [2, null]],
    [...withoutTheSecond, [3, null]],
    [...withoutTheSecond, [null, null]],
    [
      [0, 1],
      [1, 0],
      [2, null],
    ],
  ]
  const rulings: Ruling[] = [
    ...wrong.map((pairs): Ruling => {
      return { questionId, verdict: 'aligned', pairs: asShown(isFirst, pairs) }
    }),
    { questionId, verdict: 'aligned' },
    { questionId, verdict: 'first' },
    { questionId, verdict: 'as-typed' },
    { questionId, verdict: 'send-back-first', pairs: [] },
  ]
  for (const ruling of rulings) {
    t.equal((await refusalOf(rule(arbiter, assignment, [ruling]))).code, 'RULING_INVALID')
  }
  t.same(await factsSaid(db, rulingMade), [])
})

t.test(
  'R18: an arbiter who sees that rows are paired wrongly says so, and loses nothing',
  async (t) => {
    const truth = await openTruth(t)
    const { arbiter, page } = truth
    await truth.keyTwice(page, three, [anInTay, cuong])
    const assignment = await truth.takeOne(arbiter)
    t.same(
      assignment.questions.map(({ kind, record }) => [kind, record]),
      [
        ['record', 2],
        ['field', 1],
      ],
    )
    const village = choose(questionOn(assignment, 'village', 1), 'Tây')
    await truth.rule(arbiter, assignment, [village])

    const { leaseToken } = assignment
    const shown = await showEntries(truth.ledger, { personId: arbiter, leaseToken })
    t.same(
      await showEntries(truth.ledger, { personId: arbiter, leaseToken }),
      shown,
      'the same whenever it is looked at',
    )
    const other = showEntries(truth.ledger, { personId: truth.supervisor, leaseToken })
    t.equal((await refusalOf(other)).code, 'LEASE_ENDED', 'and for the holder only')
    const isFirst = shown.entries[0].length === 3
    t.same(shown.pairs, asShown(isFirst, withoutTheSecond))
    const { questionId } = shown
    const wrongly: RowPairs = [
      [0, 0],
      [1, 1],
      [2, null],
    ]
    const pairs = asShown(isFirst, wrongly)
    const { open } = await truth.rule(arbiter, assignment, [
      { questionId, verdict: 'aligned', pairs },
    ])
    const next = await truth.takeOne(arbiter)
    t.equal(next.questions.length, open)
    t.same(
      next.questions.map(({ kind, record, field }) => `${kind} ${record} ${field}`),
      ['record 3 null', 'field 2 fullName', 'field 2 birthDate'],
      'the village was ruled on, and the rows have other places',
    )

    const again = await showEntries(truth.ledger, { personId: arbiter, leaseToken })
    t.not(again.questionId, questionId, 'the next pairing is another question')
    const right = asShown(again.entries[0].length === 3, withoutTheSecond)
    await truth.rule(arbiter, assignment, [
      { questionId: again.questionId, verdict: 'aligned', pairs: right },
    ])
    const last = await truth.takeOne(arbiter)
    t.same(last.questions, [questionOn(assignment, null, 2)], 'as before, with its ids')
    await truth.rule(arbiter, assignment, [chooseExistence(questionOn(last, null, 2), false)])
    t.match(await truth.settledValues(page.pageId), [
      { village: { value: 'Tây', how: 'ruled' } },
      {},
    ])
    const stale = truth.rule(arbiter, assignment, [{ questionId, verdict: 'aligned', pairs }])
    t.equal((await refusalOf(stale)).code, 'LEASE_ENDED')
  },
)

t.test('R22: a pass that is sent back is keyed by somebody new, and takes no part', async (t) => {
  const truth = await openDoubt(t)
  const { assignment, question, isFirst, arbiter, page } = truth
  const { questionId } = question
  // The second pass, which has two records.
  const verdict = isFirst ? 'send-back-second' : 'send-back-first'
  t.equal((await truth.rule(arbiter, assignment, [{ questionId, verdict }])).open, 0)
  t.same(await factsSaid(truth.db, readingWanted), [
    { pageId: page.pageId, pass: 2, turn: 2, notBy: [arbiter] },
  ])
  t.same(await truth.take(truth.supervisor), [], 'R23: meanwhile nobody is shown the page')
  t.same(await truth.settledValues(page.pageId), [])

  const keyed = [recordOf(), recordOf(), recordOf({ village: 'Bắc' })]
  const [third = ''] = await truth.keyWanted(page, () => keyed)
  const next = await truth.takeOne(arbiter)
  t.match(next.questions, [{ kind: 'field', record: 3, field: 'village' }])
  const [one, other] = truth.typists
  for (const person of [one, other, third]) t.same(await truth.take(person), [])
  await truth.rule(arbiter, next, [choose(questionOn(next, 'village', 3), 'Bắc')])
  t.equal((await truth.settledValues(page.pageId)).length, 3)
  const readings = await truth.db.selectFrom('reading').select('pass').execute()
  t.equal(readings.length, 3, 'what was sent back is kept')

  const typists = await countedOf(truth.db, truth.campaignId)
  const judged = Object.fromEntries(typists.map((one) => [one.operatorId, one]))
  t.match(judged[one], { judged: 9, wrong: 1 })
  t.match(judged[third], { judged: 9, wrong: 0 })
  t.notOk(judged[other], 'Q10: nor does it count for or against its typist')
})

t.test('R22: both passes sent back are compared when both are keyed', async (t) => {
  const truth = await openDoubt(t)
  const { question, arbiter, page, assignment } = truth
  const { questionId } = question
  await truth.rule(arbiter, assignment, [{ questionId, verdict: 'send-back-both' }])
  const [third = '', fourth = ''] = newPeople(2)
  await truth.enter(entryOf(page, third, 2, [recordOf()], [third], { turn: 2 }))
  t.same(await truth.take(arbiter), [])
  t.equal((await factsSaid(truth.db, pageCompared)).length, 1)
  await truth.enter(entryOf(page, fourth, 1, [recordOf()], [fourth], { turn: 2 }))
  t.match(await factsSaid(truth.db, pageSettled), [{ records: 1 }])
})

t.test(
  'R23: a page of which a reading is wanted is shown to nobody until it has come',
  async (t) => {
    const truth = await openTruth(t)
    const { page, arbiter } = truth
    const [second = ''] = newPeople(1)
    await truth.keyTwice(page, [an, binh], [anInTay])
    const assignment = await truth.takeOne(arbiter)
    const there = chooseExistence(questionOn(assignment, null, 2), true)
    t.equal((await truth.rule(arbiter, assignment, [there])).open, 1)
    t.same(await factsSaid(truth.db, readingWanted), [], 'not while a field is open')
    await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'village', 1), 'Tây')])
    t.match(await factsSaid(truth.db, readingWanted), [{ pass: 2, turn: 2, places: [2] }])
    t.same(await truth.take(second), [])
    await t.rejects(
      showEntries(truth.ledger, { personId: arbiter, leaseToken: assignment.leaseToken }),
      { code: 'LEASE_ENDED' },
    )
  },
)

t.test('R19: a reading of something else than was wanted is kept out', async (t) => {
  const truth = await openTruth(t)
  const { page, arbiter } = truth
  await truth.keyTwice(page, three, three.slice(0, 2))
  const [third = ''] = newPeople(1)
  const enter = (again: Pick<Parameters<typeof entryOf>[5] & object, 'turn' | 'places'>) =>
    truth.enter(entryOf(page, third, 2, three.slice(2), [third], again))
  await t.rejects(enter({ turn: 2, places: [3] }), /nobody wanted/)
  const assignment = await truth.takeOne(arbiter)
  await truth.rule(arbiter, assignment, [chooseExistence(questionOn(assignment, null, 3), true)])
  await t.rejects(enter({ turn: 2, places: [2] }), /other records than were wanted/)
  await t.rejects(enter({ turn: 2 }), /other records than were wanted/)
  await t.rejects(enter({ turn: 3, places: [3] }), /nobody wanted/)
  await enter({ turn: 2, places: [3] })
  t.equal((await truth.settledValues(page.pageId)).length, 3)
})

t.test(
  'R10: what was passed on about a page comes back to arbiters, once it is ruled on',
  async (t) => {
    const truth = await openDoubt(t)
    const { assignment, question, arbiter, supervisor, isFirst } = truth
    const { questionId } = question
    const passing = [{ questionId, verdict: 'escalate', note: 'hai dòng giống nhau' }] as const
    t.equal((await truth.rule(arbiter, assignment, [...passing])).open, 0)
    const escalated = await truth.takeOne(supervisor, true)
    t.match(escalated.questions, [{ kind: 'alignment', note: 'hai dòng giống nhau' }])
    const pairs = asShown(isFirst, withoutTheSecond)
    const ruling: Ruling = { questionId, verdict: 'aligned', pairs }
    t.equal((await truth.rule(supervisor, escalated, [ruling])).open, 0, 'done for the supervisor')
    const back: ArbitrationAssignment = await truth.takeOne(arbiter)
    t.same(
      back.questions.map(({ kind }: Question) => kind),
      ['record', 'field'],
    )
  },
)

t.test('R17: a form of one record a page never asks which is which', async (t) => {
  const truth = await openTruth(t, 1, { ...SMALL_FORM, recordsMax: 1 })
  await truth.keyTwice(
    truth.page,
    [recordOf({ fullName: 'Lò Văn Mây', birthDate: '1/1/1911', village: 'Tây' })],
    [recordOf()],
  )
  const { questions } = await truth.takeOne(truth.arbiter)
  t.same(
    questions.map(({ kind }) => kind),
    ['field', 'field', 'field'],
  )
})
