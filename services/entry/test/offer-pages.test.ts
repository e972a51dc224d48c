/** Rules A17–A19 of docs/spec/assignment.md: those who wait are offered pages as they turn up. */
import { assignmentOffered } from '@songnhap/contracts'
import { eventually, newBook, newCampaign, newPages, newPeople, testBus } from '@songnhap/testkit'
import { pino } from 'pino'
import { type Test, t } from 'tap'
import { releaseAssignment } from '../src/end-lease.ts'
import { onPageReceived } from '../src/hear-intake.ts'
import { offerPages } from '../src/offer-pages.ts'
import { openHouse, TIMES } from './open-house.ts'

const PEOPLE_A_ROUND_MAX = 64

/** A house whose errand is running, and what it has offered to whom. */
async function openOfferingHouse(t: Test) {
  const house = await openHouse(t)
  const bus = await testBus(t)
  const log = pino({ level: 'silent' })
  const offering = offerPages(house.db, house.ledger, bus, TIMES.leaseSeconds, log)
  const offered: { personId: string; pageId: string }[] = []
  const watch = (personId: string) =>
    bus.onPush(assignmentOffered, personId, ({ assignment }) => {
      offered.push({ personId, pageId: assignment.pageId })
    })
  return {
    ...house,
    offering,
    offered,
    watch,
    /** Everything pushed so far has been heard. */
    settle: () => bus.connection.flush(),
    start() {
      const stopping = new AbortController()
      const running = offering.run(stopping.signal)
      t.teardown(async () => {
        stopping.abort()
        await running
      })
    },
  }
}

t.test('A17: who waits is offered a page the moment it is there', async (t) => {
  const house = await openOfferingHouse(t)
  const { campaign, book } = await house.open(0)
  const [an = ''] = newPeople(1)
  house.watch(an)
  house.start()
  t.same(await house.take(an), [])

  const [page] = newPages({ ...book, campaignId: campaign.campaignId }, 1)
  await house.hear(onPageReceived(house.offering.wake), page)
  await eventually(
    () => house.offered,
    (offered) => offered.length === 1,
  )
  t.same(house.offered, [{ personId: an, pageId: page?.pageId }])
  t.equal((await house.takeOne(an)).pageId, page?.pageId, 'under a lease')
})

t.test(
  'A17: a page handed back goes to who waits, and not to who has it by its other pass',
  async (t) => {
    const house = await openOfferingHouse(t)
    await house.open(1)
    const [an = '', binh = '', chi = ''] = newPeople(3)
    for (const person of [an, binh, chi]) house.watch(person)
    const { pageId } = await house.takeOne(an)
    const { leaseToken } = await house.takeOne(binh)
    await house.take(an, 2)
    await house.take(chi)
    house.start()
    await releaseAssignment(house.ledger, house.offering.wake, { personId: binh, leaseToken })
    await eventually(
      () => house.offered,
      (offered) => offered.length > 0,
    )
    t.same(house.offered, [{ personId: chi, pageId }])
  },
)

t.test('A18: whose waiting ran out is offered nothing', async (t) => {
  const house = await openOfferingHouse(t)
  const { campaign, book } = await house.open(0)
  const [gone = '', here = ''] = newPeople(2)
  for (const person of [gone, here]) house.watch(person)
  await house.take(gone, 1, { ...TIMES, waitingSeconds: -1 })
  await house.take(here)
  const [one, two] = newPages({ ...book, campaignId: campaign.campaignId }, 2)
  await house.hear(onPageReceived(house.offering.wake), one)
  await house.hear(onPageReceived(house.offering.wake), two)
  house.start()
  await eventually(
    () => house.offered,
    (offered) => offered.length > 0,
  )
  const waiting = () => house.db.selectFrom('waiting').select('person_id').execute()
  await eventually(waiting, (people) => people.length === 0)
  await house.settle()
  t.same(
    house.offered.map(({ personId }) => personId),
    [here],
  )
})

t.test('A18: who is offered less than asked for goes on waiting, and no longer', async (t) => {
  const house = await openOfferingHouse(t)
  const { campaign, book } = await house.open(0)
  const [an = ''] = newPeople(1)
  house.watch(an)
  await house.take(an, 2)
  const waiting = () => house.db.selectFrom('waiting').selectAll().executeTakeFirstOrThrow()
  const before = await waiting()
  house.start()
  const [page] = newPages({ ...book, campaignId: campaign.campaignId }, 1)
  await house.hear(onPageReceived(house.offering.wake), page)
  await eventually(
    () => house.offered,
    (offered) => offered.length === 1,
  )
  const after = await waiting()
  t.same(after.until, before.until)
  t.ok(after.since > before.since, 'at the end of the queue')
})

t.test('A19: people who cannot be given anything do not stand before those who can', async (t) => {
  const house = await openOfferingHouse(t)
  const [an = '', binh = '', ...others] = newPeople(PEOPLE_A_ROUND_MAX + 6)
  const campaign = newCampaign([[an, binh]])
  const book = newBook(campaign)
  await house.hearAll({ campaign, book, pages: [] })
  for (const person of [...others, an]) await house.take(person)
  house.watch(an)
  const [page] = newPages(book, 1)
  await house.hear(onPageReceived(house.offering.wake), page)
  house.start()
  await eventually(
    () => house.offered,
    (offered) => offered.length > 0,
  )
  t.same(house.offered, [{ personId: an, pageId: page?.pageId }])
})

t.test('A19: a batch of pages reaches more people than one round does', async (t) => {
  const house = await openOfferingHouse(t)
  const { campaign, book } = await house.open(0)
  const people = newPeople(PEOPLE_A_ROUND_MAX + 6)
  for (const person of people) {
    house.watch(person)
    await house.take(person)
  }
  for (const page of newPages({ ...book, campaignId: campaign.campaignId }, people.length)) {
    await house.hear(onPageReceived(house.offering.wake), page)
  }
  house.start()
  await eventually(
    () => house.offered,
    (offered) => offered.length === people.length,
  )
  t.same(house.offered.map(({ personId }) => personId).toSorted(), people.toSorted())
})
