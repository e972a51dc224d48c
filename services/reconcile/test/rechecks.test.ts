/** Rules V1–V6 of docs/spec/second.md: rulings are put to a second arbiter, and what follows. */
import { randomUUID } from 'node:crypto'
import { type FormDefinition, pageSettled, type Ruling } from '@songnhap/contracts'
import { factsSaid, SMALL_FORM } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { drawOf } from '../src/rechecks/draw-of.ts'
import { readArbiters } from '../src/rechecks/read-arbiters.ts'
import { setShare } from '../src/rechecks/set-share.ts'
import { applyFlips, listFlips } from '../src/recompare.ts'
import { showEntries } from '../src/show-entries.ts'
import { auditCampaign, readProgress } from '../src/supervise.ts'
import { countedOf } from './counted.ts'
import { freeze } from './open-audit.ts'
import { countsOf, ONE, openRechecked, outcomes, say, TWO, villagesOf } from './open-rechecked.ts'
import { choose, questionOn, refusalOf, type Truth } from './open-truth.ts'

/** Spellings of a name are settled without a person. */
const LENIENT: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'fullName'
      ? { ...field, comparison: { accept: ['equivalent', 'both-blank', 'variant'] } }
      : field,
  ),
}

t.test(
  'V1: of newcomers twice as much is drawn, and the draw can be repeated by who knows the secret',
  async (t) => {
    const truth = await openRechecked(t, { pages: 8 })
    const { db, page } = truth
    await setShare(db, 0.5)
    const newcomer = await say(truth, ONE)
    const experienced = randomUUID()
    await makeRulings(truth, page.pageId, experienced, 200)
    for (const assignment of await truth.take(experienced, false, 7)) {
      await truth.rule(experienced, assignment, [choose(questionOn(assignment, 'village'), ONE)])
    }
    const rulings = await db
      .selectFrom('ruling')
      .innerJoin('question', 'question.question_id', 'ruling.question_id')
      .select(['ruling_id', 'arbiter_id'])
      .where('kind', '=', 'field')
      .execute()
    t.equal(rulings.length, 8)
    const { secret } = await db
      .selectFrom('recheck_draw')
      .select('secret')
      .executeTakeFirstOrThrow()
    const drawn = rulings.filter(({ ruling_id, arbiter_id }) => {
      return arbiter_id === newcomer || drawOf(secret, ruling_id) < 0.5
    })
    const opened = await db.selectFrom('recheck').select('ruling_id').execute()
    t.same(
      opened.map(({ ruling_id }) => ruling_id).toSorted(),
      drawn.map(({ ruling_id }) => ruling_id).toSorted(),
    )
    await t.rejects(db.deleteFrom('recheck').execute(), 'what is drawn stays')
  },
)

t.test('V1: nothing is drawn where nobody else is an arbiter', async (t) => {
  const truth = await openRechecked(t, { pages: 2, colleague: false })
  const [alone, other] = [randomUUID(), randomUUID()]
  await say(truth, ONE, { person: alone })
  t.same(await truth.db.selectFrom('recheck').selectAll().execute(), [])
  await say(truth, ONE, { person: other })
  t.equal((await truth.db.selectFrom('recheck').selectAll().execute()).length, 1)
})

/** As many as it takes to be no newcomer, on another page's questions. */
async function makeRulings({ db }: Truth, pageId: string, arbiterId: string, count: number) {
  await sql`
    with asked as (
      insert into question (question_id, page_id, kind, subject, swapped)
      select gen_random_uuid(), ${pageId}, 'page', 'earlier ' || i, false
      from generate_series(1, ${count}::int) i returning question_id)
    insert into ruling (ruling_id, submission_id, question_id, page_id, arbiter_id, escalated, verdict)
    select ('00000000-0000-4000-8000-' || lpad(to_hex(row_number() over ()), 12, '0'))::uuid,
      gen_random_uuid(), question_id, ${pageId}, ${arbiterId}, false, 'as-typed' from asked`.execute(
    db,
  )
}

t.test('V2, V4, V5: who rules again is shown what a first arbiter is shown', async (t) => {
  const truth = await openRechecked(t, { pages: 2 })
  const { page, typists, ledger, db, campaignId } = truth
  const [first, second] = [randomUUID(), randomUUID()]
  const shown = await truth.takeOne(first)
  const fresh = await truth.takeOne(randomUUID())
  const asked = questionOn(shown, 'village')
  await truth.rule(first, shown, [choose(asked, ONE)])
  t.same((await truth.settledValues(page.pageId)).length, 1, 'settled in the meantime')
  t.equal((await refusalOf(freeze(truth))).code, 'BOOK_NOT_SETTLED')
  for (const person of [first, ...typists]) t.same(await truth.take(person), [])

  const again = await truth.takeOne(second)
  const questioned = questionOn(again, 'village')
  t.same(Object.keys(again), Object.keys(fresh))
  t.same(Object.keys(questioned), Object.keys(questionOn(fresh, 'village')))
  t.same(
    { ...again, leaseToken: '', expiresAt: '', questions: [] },
    {
      ...shown,
      leaseToken: '',
      expiresAt: '',
      questions: [],
    },
  )
  t.same(questioned.readings, asked.readings.toReversed(), 'in the other order')
  t.same(
    { ...questioned, questionId: '', readings: [] },
    { ...asked, questionId: '', readings: [] },
  )
  t.not(questioned.questionId, asked.questionId)
  const looking = (leaseToken: string, personId: string) =>
    showEntries(ledger, { personId, leaseToken })
  t.match(await looking(again.leaseToken, second), { entries: [[{}], [{}]], pairs: [[0, 0]] })

  const late = truth.rule(randomUUID(), again, [choose(questioned, ONE)])
  t.equal((await refusalOf(late)).code, 'LEASE_ENDED')
  const bad: Ruling = { questionId: questioned.questionId, verdict: 'escalate' }
  t.equal((await refusalOf(truth.rule(second, again, [bad]))).code, 'RULING_INVALID')
  t.same(await outcomes(truth), [], 'nothing is told before it is over')
  const submission = randomUUID()
  const ruling = choose(questioned, ONE)
  t.match(await truth.rule(second, again, [ruling], submission), { open: 0 })
  t.match(await truth.rule(second, again, [ruling], submission), { open: 0 }, 'sent again')
  t.same(await outcomes(truth), [['drawn', 'confirmed', false]])
  const forged = sql`
    insert into recheck_ruling (ruling_id, submission_id, recheck_id, question_id, page_id, seat,
                                arbiter_id, verdict)
    select gen_random_uuid(), gen_random_uuid(), recheck_id, question_id, page_id, 5, ${first}, 'first'
    from recheck`.execute(db)
  await t.rejects(forged, { code: 'SN002' }, 'nor does the database let the first arbiter in')
  t.match(await readProgress(db, campaignId), { pagesSettled: 1, openArbitrations: 1 })
})

t.test('V3, V5, V6: where two differ a supervisor decides, and a ruling may fall', async (t) => {
  const truth = await openRechecked(t, { pages: 2 })
  const { db, campaignId, pages, typists, supervisor } = truth
  const arbiter = randomUUID()
  // The careless one rules on both pages before anybody rules on them again.
  for (const assignment of await truth.take(arbiter, false, 2)) {
    await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'village'), TWO)])
  }
  const wrongOf = async () => {
    const judged = await countedOf(db, campaignId)
    return typists.map((id) => judged.find(({ operatorId }) => operatorId === id)?.wrong)
  }
  t.same(await wrongOf(), [2, 0])
  const second = await say(truth, ONE)
  t.same(await truth.take(second, true), [], 'not who said otherwise')
  const passing = randomUUID()
  const passed = await truth.takeOne(passing)
  const { questionId } = questionOn(passed, 'village')
  await truth.rule(passing, passed, [{ questionId, verdict: 'escalate', note: 'mực nhòe' }])
  t.same(await outcomes(truth), [])
  for (const value of [ONE, TWO]) await say(truth, value, { person: supervisor, escalated: true })
  t.same(await outcomes(truth), [
    ['drawn', 'overturned', true],
    ['drawn', 'confirmed', null],
  ])
  t.match(await Promise.all(pages.map((one) => villagesOf(truth, one))), [
    [
      [TWO, /^ruling-/],
      [ONE, 'second'],
    ],
    [[TWO, /^ruling-/]],
  ])
  t.same(await wrongOf(), [1, 1], 'judged by what is settled now')
  t.equal((await factsSaid(db, pageSettled)).filter(({ revision }) => revision === 2).length, 1)
  t.same(await auditCampaign(db, campaignId), {
    samePersonTwice: 0,
    arbiterTyped: 0,
    doubleSettled: 0,
  })
  const { arbiters } = await readArbiters(db, { campaignId })
  const figures = arbiters.find(({ arbiterId }) => arbiterId === arbiter)
  t.match(figures, {
    rulings: 2,
    secondChecked: 2,
    secondPassedOn: 1,
    disagreement: { numerator: 1, denominator: 1 },
    error: { value: null },
    overturned: { value: 0.5, numerator: 1, denominator: 2 },
    firstChosen: { denominator: 2 },
  })
  t.type(figures?.medianSeconds, 'number')
  await freeze(truth)
})

t.test(
  'V3: that both readings will do is another answer; then neither counts as wrong',
  async (t) => {
    const truth = await openRechecked(t)
    const { db, campaignId, page } = truth
    const arbiter = await say(truth, TWO)
    for (const [person, escalated] of [
      [randomUUID(), false],
      [truth.supervisor, true],
    ] as const) {
      const assignment = await truth.takeOne(person, escalated)
      const { questionId } = questionOn(assignment, 'village')
      await truth.rule(person, assignment, [{ questionId, verdict: 'both' }])
    }
    t.match(await villagesOf(truth, page), [[TWO], [ONE, 'second-both']])
    const typists = await countedOf(db, campaignId)
    t.same(
      typists.map(({ wrong }) => wrong),
      [0, 0],
    )
    const of = await countsOf(truth, arbiter)
    t.same([of('second-overturned'), of('second-disagreed')], [1, 1])
  },
)

t.test('V2, V3: who says that other records belong together passes all of it on', async (t) => {
  const truth = await openRechecked(t)
  const { ledger, supervisor } = truth
  await say(truth, ONE)
  const second = randomUUID()
  const again = await truth.takeOne(second)
  const { questionId, pairs } = await showEntries(ledger, {
    personId: second,
    leaseToken: again.leaseToken,
  })
  const aligned: Ruling = { questionId, verdict: 'aligned' }
  t.equal((await refusalOf(truth.rule(second, again, [aligned]))).code, 'RULING_INVALID')
  const submission = randomUUID()
  for (let sent = 0; sent < 2; sent += 1) {
    t.match(await truth.rule(second, again, [{ ...aligned, pairs }], submission), { open: 0 })
  }
  const last = await truth.takeOne(supervisor, true)
  const refused = truth.rule(supervisor, last, [{ ...aligned, pairs }])
  t.match(await refusalOf(refused), { details: [/settled before/] })
  await truth.rule(supervisor, last, [choose(questionOn(last, 'village'), ONE)])
  t.same(await outcomes(truth), [['drawn', 'confirmed', null]])
})

t.test(
  'V4: of a page that is opened again nothing is asked once more until it is settled',
  async (t) => {
    const truth = await openRechecked(t, { form: LENIENT, names: ['Lý Văn An', 'Lí Văn An'] })
    const { db, ledger, campaignId } = truth
    await say(truth, ONE)
    const holder = randomUUID()
    const held = await truth.takeOne(holder)
    await truth.goOnWith({ ...SMALL_FORM, version: 2 })
    const { pages } = await listFlips(db, { campaignId })
    const listed = pages.map(({ pageId, digest }) => ({ pageId, digest }))
    t.match(await applyFlips(ledger, () => {}, { campaignId, pages: listed }), { reopened: 1 })
    const late = truth.rule(holder, held, [choose(questionOn(held, 'village'), ONE)])
    t.equal((await refusalOf(late)).code, 'LEASE_ENDED')
    t.same(await db.selectFrom('recheck_end').select('outcome').execute(), [{ outcome: 'lapsed' }])

    const arbiter = randomUUID()
    const assignment = await truth.takeOne(arbiter)
    t.equal(assignment.questions.length, 1)
    const name = choose(questionOn(assignment, 'fullName'), 'Lý Văn An')
    await truth.rule(arbiter, assignment, [name])
    const again = await truth.takeOne(randomUUID())
    t.same(
      again.questions.map(({ field }) => field),
      ['fullName', 'village'],
      'then all of it, in the order of the form',
    )
    t.same(await outcomes(truth), [])
  },
)
