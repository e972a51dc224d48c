/** Rule R13 of docs/spec/arbitration.md: arbiters who wait are offered what turns up. */
import { assignmentOffered } from '@songnhap/contracts'
import { eventually, newPeople, recordOf, testBus } from '@songnhap/testkit'
import { pino } from 'pino'
import { type Test, t } from 'tap'
import { offerArbitrations } from '../src/offer-arbitrations.ts'
import { choose, openTruth, questionOn, TIMES } from './open-truth.ts'

/** Truth with its errand running, and what it has offered to whom. */
async function openOfferingTruth(t: Test) {
  const truth = await openTruth(t)
  const bus = await testBus(t)
  const log = pino({ level: 'silent' })
  const offering = offerArbitrations(truth.db, truth.ledger, bus, TIMES.leaseSeconds, log)
  const offered: string[] = []
  const watch = (people: readonly string[]) => {
    for (const person of people)
      bus.onPush(assignmentOffered, person, ({ personId }) => offered.push(personId))
  }
  const stopping = new AbortController()
  const running = offering.run(stopping.signal)
  t.teardown(async () => {
    stopping.abort()
    await running
  })
  return { ...truth, offering, offered, watch }
}

t.test('R13: an arbiter who waits is offered a page; its typists are not', async (t) => {
  const truth = await openOfferingTruth(t)
  const { typists, arbiter, supervisor, offered, page } = truth
  truth.watch([...typists, arbiter, supervisor])
  for (const person of [...typists, arbiter]) t.same(await truth.take(person), [])
  t.same(await truth.take(supervisor, true), [])
  await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  truth.offering.wake()
  await eventually(
    () => offered.length,
    (count) => count === 1,
  )
  t.same(offered, [arbiter])

  const assignment = await truth.takeOne(arbiter)
  const { questionId } = choose(questionOn(assignment, 'village'), 'một')
  await truth.rule(arbiter, assignment, [{ questionId, verdict: 'escalate', note: 'khó đọc' }])
  truth.offering.wake()
  await eventually(
    () => offered.length,
    (count) => count === 2,
  )
  t.same(offered, [arbiter, supervisor], 'what is passed on goes to a supervisor who waits')
})

t.test('R13: whose waiting ran out is offered nothing', async (t) => {
  const truth = await openOfferingTruth(t)
  const [gone = '', here = ''] = newPeople(2)
  truth.watch([gone, here])
  await truth.take(gone, false, 1, { ...TIMES, waitingSeconds: -1 })
  await truth.take(here)
  const { page } = truth
  await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  truth.offering.wake()
  await eventually(
    () => truth.offered.length,
    (count) => count > 0,
  )
  t.same(truth.offered, [here])
})

t.test('R13: who is offered less than asked for goes on waiting, and no longer', async (t) => {
  const truth = await openOfferingTruth(t)
  const { arbiter, page } = truth
  truth.watch([arbiter])
  await truth.take(arbiter, false, 2)
  const waiting = () => truth.db.selectFrom('waiting').selectAll().executeTakeFirstOrThrow()
  const before = await waiting()
  await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  truth.offering.wake()
  await eventually(
    () => truth.offered.length,
    (count) => count === 1,
  )
  const after = await waiting()
  t.same(after.until, before.until)
  t.ok(after.since > before.since, 'at the end of the queue')
})
