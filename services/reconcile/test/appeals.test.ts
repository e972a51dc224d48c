/** Rules V7–V9 of docs/spec/second.md: typists appeal against rulings that count against them. */
import { randomUUID } from 'node:crypto'
import { openDatabase } from '@songnhap/database'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { listOwnAppeals, readAppeals } from '../src/rechecks/read-appeals.ts'
import { readArbiters } from '../src/rechecks/read-arbiters.ts'
import { setShare } from '../src/rechecks/set-share.ts'
import { submitAppeal } from '../src/rechecks/submit-appeal.ts'
import { countedOf } from './counted.ts'
import { freeze } from './open-audit.ts'
import { countsOf, ONE, openRechecked, outcomes, say, TWO, villagesOf } from './open-rechecked.ts'
import { choose, questionOn, refusalOf, type Truth } from './open-truth.ts'

/** The first typist reads ONE: ruled TWO, the village of this page counts against him or her. */
function appealOf(truth: Truth, pageId: string, more: object = {}) {
  const [personId] = truth.typists
  return { personId, appealId: randomUUID(), pageId, record: 1, field: 'village', ...more }
}

const appeal = (truth: Truth, asking: ReturnType<typeof appealOf>) =>
  submitAppeal(truth.ledger, () => {}, asking)

/** Since a page was settled. */
async function letMonthPass(t: Test, { adminUrl }: Truth, pageId: string): Promise<void> {
  const owner = openDatabase<unknown>(adminUrl, 'reconcile', undefined, 1)
  t.teardown(() => owner.destroy())
  await sql`alter table settled_page disable trigger settled_page_append_only`.execute(owner)
  await sql`update settled_page set settled_at = settled_at - interval '31 days'
    where page_id = ${pageId}`.execute(owner)
}

t.test('V7: what cannot be appealed against is refused, with the reason', async (t) => {
  const truth = await openRechecked(t, { pages: 3, share: 0 })
  const { db, page, pages, typists, arbiter } = truth
  const [, second, third] = pages
  if (second === undefined || third === undefined) throw new Error('too few pages')
  const refused = async (more: object) =>
    await refusalOf(appeal(truth, appealOf(truth, page.pageId, more)))
  t.equal((await refused({})).code, 'NOT_FOUND', 'nothing is told before it is settled')
  for (let ruled = 0; ruled < 3; ruled += 1) await say(truth, TWO, { person: arbiter })

  t.equal((await refused({ personId: randomUUID() })).code, 'NOT_FOUND')
  t.equal((await refused({ personId: arbiter })).code, 'NOT_FOUND')
  t.equal((await refused({ pageId: randomUUID() })).code, 'NOT_FOUND')
  t.equal((await refused({ record: 2 })).code, 'NOT_FOUND')
  t.equal((await refused({ field: 'constructor' })).code, 'NOT_FOUND')
  for (const more of [{ personId: typists[1] }, { field: 'fullName' }]) {
    t.match(await refused(more), { code: 'APPEAL_REFUSED', details: [/count against you/] })
  }

  const asking = appealOf(truth, page.pageId)
  t.match(await appeal(truth, asking), { appealId: asking.appealId, state: 'open' })
  t.match(await appeal(truth, asking), { state: 'open' }, 'sent again')
  t.equal((await refused({ appealId: asking.appealId, field: 'fullName' })).code, 'ALREADY_EXISTS')
  t.match(await refused({}), { details: [/appealed against it already/] })
  t.equal((await db.selectFrom('recheck').select('recheck_id').execute()).length, 1)
  t.equal((await refusalOf(freeze(truth))).code, 'BOOK_NOT_SETTLED')

  await letMonthPass(t, truth, second.pageId)
  t.match(await refused({ pageId: second.pageId }), { details: [/30 days ago/] })

  await say(truth, ONE)
  t.same(await outcomes(truth), [])
  await say(truth, TWO, { person: truth.supervisor, escalated: true })
  t.match(await refused({}), { details: [/appealed against it already/] })
  await freeze(truth)
  t.equal((await refused({ pageId: third.pageId })).code, 'BOOK_FROZEN')
})

t.test('V8, V9: an appeal looks like any question; upheld, the charge falls', async (t) => {
  const truth = await openRechecked(t, { pages: 3, share: 0 })
  const { db, page, pages, typists, campaignId, supervisor } = truth
  const arbiter = randomUUID()
  for (const assignment of await truth.take(arbiter, false, 2)) {
    await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'village'), TWO)])
  }
  const fresh = await truth.takeOne(randomUUID())
  const asking = appealOf(truth, page.pageId)
  await appeal(truth, asking)
  t.same(await truth.take(arbiter), [])
  const second = randomUUID()
  const again = await truth.takeOne(second)
  t.same(Object.keys(again), Object.keys(fresh))
  t.same(Object.keys(questionOn(again, 'village')), Object.keys(questionOn(fresh, 'village')))
  await truth.rule(second, again, [choose(questionOn(again, 'village'), ONE)])
  await say(truth, ONE, { person: supervisor, escalated: true })
  t.same(await outcomes(truth), [['appeal', 'overturned', true]])
  t.match(await villagesOf(truth, page), [[TWO], [ONE, 'appeal']])
  const judged = await countedOf(db, campaignId)
  t.same(
    typists.map((id) => judged.find(({ operatorId }) => operatorId === id)?.wrong),
    [1, 1],
    'the other one is charged with it now',
  )
  t.match(await listOwnAppeals(db, { personId: typists[0] }), {
    appeals: [{ appealId: asking.appealId, state: 'upheld' }],
  })
  const other = appealOf(truth, page.pageId, { personId: typists[1] })
  t.match(await refusalOf(appeal(truth, other)), { details: [/final/] }, 'either way final')

  const refused = appealOf(truth, pages[1]?.pageId ?? '')
  await appeal(truth, refused)
  await say(truth, TWO)
  t.match(await listOwnAppeals(db, { personId: typists[0] }), {
    appeals: [{ state: 'refused' }, {}],
  })
  t.same(await listOwnAppeals(db, { personId: typists[1] }), { appeals: [] })
  t.match(await readAppeals(db, { campaignId }), {
    appeals: 2,
    open: 0,
    upheld: 1,
    refused: 1,
    lapsed: 0,
    upheldShare: { value: 0.5 },
  })
  const { arbiters } = await readArbiters(db, { campaignId })
  t.match(
    arbiters.find(({ arbiterId }) => arbiterId === arbiter),
    { secondChecked: 0, appeals: { numerator: 1, denominator: 2 } },
    'no sample: counted apart',
  )
})

t.test('V8, V9: where the ruling is being asked once more already, that decides', async (t) => {
  const truth = await openRechecked(t, { pages: 2 })
  const { db, page, pages, campaignId } = truth
  const arbiter = await say(truth, TWO)
  const asking = appealOf(truth, page.pageId)
  t.match(await appeal(truth, asking), { state: 'open' })
  await setShare(db, 0)
  // The other page first waits longer, and then the ruling that is asked once more.
  await say(truth, TWO, { person: arbiter })
  await say(truth, TWO)
  t.same(await outcomes(truth), [['drawn', 'confirmed', false]])
  const of = await countsOf(truth, arbiter)
  t.same([of('second-checked'), of('appeals-decided')], [1, 0], 'it was drawn all the same')
  t.match(await readAppeals(db, { campaignId }), { refused: 1 })

  const many = Array.from({ length: 2 }, () => appealOf(truth, pages[1]?.pageId ?? ''))
  const sent = await Promise.allSettled(many.map((one) => appeal(truth, one)))
  t.same(
    sent.map(({ status }) => status).toSorted(),
    ['fulfilled', 'rejected'],
    'once, also at once',
  )
})
