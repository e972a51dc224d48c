/** Rules Q6–Q8 of docs/spec/accuracy.md and R14–R15 of docs/spec/arbitration.md: what supervisors read. */
import { randomUUID } from 'node:crypto'
import { foldCounts, openDatabase } from '@songnhap/database'
import { newPeople, recordOf } from '@songnhap/testkit'
import { sql } from 'kysely'
import { pino } from 'pino'
import { type Test, t } from 'tap'
import { readOperators } from '../src/accuracy/read-operators.ts'
import { auditCampaign, listRecords, readProgress } from '../src/supervise.ts'
import { countedOf } from './counted.ts'
import { choose, entryOf, openTruth, questionOn, refusalOf, type Truth } from './open-truth.ts'

/** Three pages: one agreed, one on which the first typist is right, one passed on. */
async function openWork(t: Test) {
  const truth = await openTruth(t, 3)
  const [agreed, ruled, passedOn] = truth.pages
  if (agreed === undefined || ruled === undefined || passedOn === undefined)
    throw new Error('three pages were opened')
  await truth.keyTwice(agreed, [recordOf(), recordOf()], [recordOf(), recordOf()])
  for (const page of [ruled, passedOn]) {
    await truth.keyTwice(page, [recordOf({ village: 'đúng' })], [recordOf({ village: 'sai' })])
  }
  const first = await truth.takeOne(truth.arbiter)
  await truth.rule(truth.arbiter, first, [choose(questionOn(first, 'village'), 'đúng')])
  const second = await truth.takeOne(truth.arbiter)
  const { questionId } = questionOn(second, 'village')
  await truth.rule(truth.arbiter, second, [{ questionId, verdict: 'escalate', note: '?' }])
  return truth
}

t.test(
  'Q7, Q8, Q14: what was wrong of what was judged, and no rate where it is little',
  async (t) => {
    const { db, campaignId, typists, arbiter } = await openWork(t)
    const counted = await countedOf(db, campaignId)
    const typist = (id: string) => counted.find(({ operatorId }) => operatorId === id)
    // Two records on the agreed page and one on the ruled page: 9 fields; the third page is open.
    t.match(typist(typists[0]), { judged: 9, wrong: 0, rowErrors: 0 })
    t.match(typist(typists[1]), { judged: 9, wrong: 1 })
    t.same(
      typist(typists[1])?.fields.map(({ field, judged, wrong }) => [field, judged, wrong]),
      [
        ['fullName', 3, 0],
        ['birthDate', 3, 0],
        ['village', 3, 1],
      ],
    )
    const told = await readOperators(db, { campaignId })
    t.match(told.arbiters, [{ arbiterId: arbiter, rulings: 2, escalated: 1 }], 'Q8')
    t.match(told.typists, [
      { enough: false, judged: 9, rate: null, rank: null, pace: null },
      { enough: false, judged: 9, rate: null, rank: null, pace: null },
    ])
    t.equal((await refusalOf(readOperators(db, { campaignId: randomUUID() }))).code, 'NOT_FOUND')
  },
)

t.test(
  'Q4, Q7: what is not judged is taken out of the rate, and nothing judged is no rate',
  async (t) => {
    const truth = await openTruth(t)
    const mark = { value: '', mark: 'illegible', origin: 'typed' } as const
    const all = { fullName: mark, birthDate: mark, village: mark }
    await truth.keyTwice(truth.page, [recordOf()], [recordOf(all)])
    const assignment = await truth.takeOne(truth.arbiter)
    const rulings = assignment.questions.map(({ questionId }) => {
      return { questionId, verdict: 'illegible' as const }
    })
    await truth.rule(truth.arbiter, assignment, rulings)
    const typists = await countedOf(truth.db, truth.campaignId)
    const judged = new Map(typists.map((typist) => [typist.operatorId, typist]))
    t.match(judged.get(truth.typists[0]), { judged: 0, wrong: 0, unjudged: 3 })
    t.match(judged.get(truth.typists[1]), { judged: 3, wrong: 0 })
  },
)

t.test('Q6: a spare reading is not judged', async (t) => {
  const truth = await openTruth(t)
  const [late = ''] = newPeople(1)
  await truth.keyTwice(truth.page, [recordOf()], [recordOf()])
  await truth.enter(entryOf(truth.page, late, null, [recordOf({ village: 'sai' })]))
  const typists = await countedOf(truth.db, truth.campaignId)
  t.same(typists.map(({ operatorId }) => operatorId).toSorted(), [...truth.typists].toSorted())
})

t.test('R14: progress counts what was done, folded or not', async (t) => {
  const { db, campaignId } = await openWork(t)
  const expected = {
    pagesCompared: 3,
    fieldsCompared: 12,
    mismatches: 2,
    rulings: 2,
    openArbitrations: 1,
    pagesAwaited: 0,
    pagesSettled: 2,
    recordsSettled: 3,
    fieldsSettled: 9,
  }
  t.same(await readProgress(db, campaignId), expected)
  await foldAll(db)
  t.same(await readProgress(db, campaignId), expected)
})

async function foldAll(db: Truth['db']): Promise<void> {
  const stopping = new AbortController()
  const folding = foldCounts(db, pino({ level: 'silent' })).run(stopping.signal)
  stopping.abort()
  await folding
}

t.test('R14: settled records are listed in pieces, each once', async (t) => {
  const truth = await openTruth(t)
  const rows = Array.from({ length: 501 }, (_, index) => ({
    record_id: randomUUID(),
    page_id: truth.page.pageId,
    campaign_id: truth.campaignId,
    record: index + 1,
    rule_version: '1',
    values: '{}',
  }))
  await truth.db.insertInto('settled_record').values(rows).execute()
  const { campaignId } = truth
  const first = await listRecords(truth.db, { campaignId })
  t.same([first.records.length, first.more], [500, true])
  const rest = await listRecords(truth.db, {
    campaignId,
    after: first.records[499]?.recordId ?? '',
  })
  t.same([rest.records.length, rest.more], [1, false])
  const listed = [...first.records, ...rest.records].map(({ record }) => record)
  t.equal(new Set(listed).size, 501)
})

t.test('R15: the audit finds what the tables should make impossible', async (t) => {
  const truth = await openWork(t)
  const { db, campaignId, typists, pages } = truth
  const none = { samePersonTwice: 0, arbiterTyped: 0, doubleSettled: 0 }
  t.same(await auditCampaign(db, campaignId), none)

  const owner = openDatabase<unknown>(truth.adminUrl, 'reconcile', undefined, 1)
  t.teardown(() => owner.destroy())
  await sql`
    drop index reading_two_people;
    alter table reading drop constraint reading_page_id_pass_turn_key;
    alter table settled_record drop constraint settled_record_once;
    alter table ruling disable trigger all`.execute(owner)
  const page = pages[0]?.pageId
  await sql`
    insert into reading (entry_id, page_id, person_id, pass, records)
    values (${randomUUID()}, ${page}, ${typists[0]}, 2, '[]')`.execute(owner)
  await sql`
    insert into settled_record (record_id, page_id, campaign_id, record, rule_version, values)
    select gen_random_uuid(), page_id, campaign_id, record, rule_version, values
    from settled_record where page_id = ${page} and record = 1`.execute(owner)
  await sql`
    insert into ruling (ruling_id, submission_id, question_id, page_id, arbiter_id, escalated, verdict)
    select gen_random_uuid(), gen_random_uuid(), question_id, page_id, ${typists[1]}, true, 'first'
    from question limit 1`.execute(owner)
  t.same(await auditCampaign(db, campaignId), {
    samePersonTwice: 1,
    arbiterTyped: 1,
    doubleSettled: 1,
  })
})
