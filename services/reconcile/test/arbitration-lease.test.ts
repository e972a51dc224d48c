/** Rule R11 of docs/spec/arbitration.md: one person at a time, for as long as a lease counts. */
import { pageSettled } from '@songnhap/contracts'
import { eventually, factsSaid, newPeople, recordOf } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import {
  expireDueArbitrations,
  findArbiterImage,
  releaseArbitration,
  renewArbitration,
  takeBackArbitrations,
} from '../src/arbitration-lease.ts'
import { onBookLayoutsChanged } from '../src/hear-intake.ts'
import { fillArbitrations, lockArbiter } from '../src/take-arbitrations.ts'
import { choose, openTruth, questionOn, refusalOf, TIMES, type Truth } from './open-truth.ts'

const ENDED = { ...TIMES, leaseSeconds: -1 }
const nobody = () => {}

/** One page on which the typists wrote two villages. */
async function openDispute(t: Test) {
  const truth = await openTruth(t)
  await truth.keyTwice(truth.page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  return truth
}

t.test('R11: a lease that ran out counts while nobody else has taken the page up', async (t) => {
  const truth = await openDispute(t)
  const { arbiter, ledger, db } = truth
  const [second = ''] = newPeople(1)
  const late = await truth.takeOne(arbiter, false, ENDED)
  const holding = { personId: arbiter, leaseToken: late.leaseToken }
  t.equal((await refusalOf(findArbiterImage(db, holding))).code, 'LEASE_ENDED')
  t.equal(await ledger.change(expireDueArbitrations), 1)
  t.equal((await refusalOf(renewArbitration(db, 60, holding))).code, 'LEASE_ENDED')

  const taken = await truth.takeOne(second)
  const rulings = [choose(questionOn(late, 'village'), 'một')]
  t.equal((await refusalOf(truth.rule(arbiter, late, rulings))).code, 'LEASE_ENDED')
  t.equal(
    (await refusalOf(truth.rule(arbiter, taken, rulings))).code,
    'LEASE_ENDED',
    'nor another’s',
  )
  await releaseArbitration(ledger, nobody, { personId: second, leaseToken: taken.leaseToken })
  t.equal((await truth.rule(arbiter, late, rulings)).open, 0)
})

t.test('R11, P17: the image is for the holder of the lease, who is told its layouts', async (t) => {
  const truth = await openDispute(t)
  const { leaseToken, layouts } = await truth.takeOne(truth.arbiter)
  t.equal(layouts, undefined, 'nobody chose')
  const { bookId, campaignId } = truth.page
  await truth.hear(onBookLayoutsChanged, { bookId, campaignId, layouts: ['left', 'right'] })
  t.same((await truth.takeOne(truth.arbiter)).layouts, ['left', 'right'], 'P17')
  const find = (personId: string) => findArbiterImage(truth.db, { personId, leaseToken })
  t.same(await find(truth.arbiter), { sha256: truth.page.imageSha256 })
  t.equal((await refusalOf(find(truth.supervisor))).code, 'LEASE_ENDED')
})

t.test('A42: an arbitration that is taken back is somebody else’s to take', async (t) => {
  const truth = await openDispute(t)
  const { leaseToken } = await truth.takeOne(truth.arbiter)
  const back = () => takeBackArbitrations(truth.ledger, nobody, { personId: truth.arbiter })
  t.same(await back(), { pages: 1 })
  t.same(await back(), { pages: 0 })
  const holding = { personId: truth.arbiter, leaseToken }
  t.equal((await refusalOf(renewArbitration(truth.db, 60, holding))).code, 'LEASE_ENDED')
  const [second = ''] = newPeople(1)
  await truth.takeOne(second)
})

t.test('R11: of twenty arbiters who ask at once one gets the page', async (t) => {
  const truth = await openDispute(t)
  const given = await Promise.all(newPeople(20).map((person) => truth.take(person)))
  t.equal(given.flat().length, 1)
})

t.test('R11: who asks many times at once gets the same, not more', async (t) => {
  const truth = await openTruth(t, 2)
  for (const page of truth.pages) {
    await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  }
  const asking = { personId: truth.arbiter, capacity: 1, escalated: false }
  const [first, second] = await truth.ledger.change(async (change) => {
    const { trx } = change
    await lockArbiter(trx, truth.arbiter)
    const meanwhile = truth.take(truth.arbiter)
    await eventually(
      () => countAdvisoryWaits(truth.db),
      (waits) => waits === 1,
    )
    const { assignments } = await fillArbitrations(change, asking, TIMES.leaseSeconds)
    return [assignments, { meanwhile }] as const
  })
  t.equal(first.length, 1)
  t.same(await second.meanwhile, first)
})

async function countAdvisoryWaits(db: Truth['db']): Promise<number> {
  const { rows } = await sql<{ waits: number }>`
    select count(*)::int as waits from pg_locks join pg_database on oid = database
    where datname = current_database() and locktype = 'advisory' and not granted`.execute(db)
  return rows[0]?.waits ?? 0
}

t.test('R11: who asks while ruling gets an answer', async (t) => {
  const truth = await openTruth(t, 12)
  for (const page of truth.pages) {
    await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  }
  const held = await truth.take(truth.arbiter, false, 12)
  await Promise.all(
    held.flatMap((one) => [
      truth.rule(truth.arbiter, one, [choose(questionOn(one, 'village'), 'một')]),
      truth.take(truth.arbiter, false, 12),
    ]),
  )
  t.equal((await factsSaid(truth.db, pageSettled)).length, 12)
})
