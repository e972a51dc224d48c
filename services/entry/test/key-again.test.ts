/** Rules A22–A26 of docs/spec/assignment.md: a page that is wanted again is keyed by somebody new. */
import { randomUUID } from 'node:crypto'
import { entrySubmitted } from '@songnhap/contracts'
import { factsSaid, newPages, newPeople, recordOf, stateOf } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { releaseAssignment, skipPage } from '../src/end-lease.ts'
import { onPageReceived } from '../src/hear-intake.ts'
import { listStuckPages } from '../src/list-stuck-pages.ts'
import { readProgress } from '../src/read-progress.ts'
import { ENDED, type House, keyBy, openHouse, refusalOf, want } from './open-house.ts'

const nobody = () => {}
const CHECK_VIOLATION = '23514'

/** A page of which an and binh keyed the first and the second pass. */
async function openKeyedHouse(t: Test) {
  const house = await openHouse(t)
  const opened = await house.open(1)
  const [an = '', binh = '', chi = '', dung = '', em = ''] = newPeople(5)
  await keyBy(house, an, binh)
  const pageId = opened.pages[0]?.pageId ?? ''
  return { house, ...opened, pageId, an, binh, chi, dung, em }
}

t.test('A22: a wanted pass is opened again, and its entry says which turn it is', async (t) => {
  const { house, campaign, pageId, an, binh, chi, dung } = await openKeyedHouse(t)
  t.same(await openPages(house), [])
  await want(house, pageId)
  t.match(await openPages(house), [{ free: 1, turn_1: 2, token_2: null }])
  t.same(await house.take(an), [])
  t.same(await house.take(binh), [])
  await keyBy(house, chi)
  t.same(await openPages(house), [])
  t.same(await house.take(dung), [])
  const [first, second, third] = await factsSaid(house.db, entrySubmitted)
  t.notOk('turn' in (first ?? {}) || 'turn' in (second ?? {}), 'a first turn is not mentioned')
  t.match(third, { pageId, personId: chi, pass: 1, turn: 2 })
  t.same(third?.seenBy.toSorted(), [an, binh, chi].toSorted())
  const progress = await readProgress(house.db, campaign.campaignId)
  t.match(progress, { entries: 3, readingsWanted: 1 })
})

t.test('A22: said again it changes nothing; a page not heard of yet is waited for', async (t) => {
  const { house, campaign, book, pageId, chi } = await openKeyedHouse(t)
  for (let time = 0; time < 2; time += 1) await want(house, pageId)
  await keyBy(house, chi)
  await want(house, pageId)
  t.same(await openPages(house), [], 'also when it is keyed')
  t.match(await readProgress(house.db, campaign.campaignId), { readingsWanted: 1 })

  const [later] = newPages({ ...book, campaignId: campaign.campaignId }, 2).slice(1)
  const stranger = newPeople(1)
  await t.rejects(want(house, later?.pageId ?? '', { notBy: stranger }), { name: 'NotYet' })
  await house.hear(onPageReceived(nobody), later)
  await t.rejects(want(house, later?.pageId ?? '', { turn: 1 }), 'the first turn is not wanted')
})

t.test('A22: both passes may be wanted again, whatever has become of the other', async (t) => {
  for (const between of ['nothing', 'taken', 'keyed']) {
    const { house, pageId, chi, dung } = await openKeyedHouse(t)
    await want(house, pageId)
    const page = between === 'nothing' ? undefined : await house.takeOne(chi)
    if (page !== undefined && between === 'keyed') await house.submit(chi, page)
    await want(house, pageId, { pass: 2 })
    if (page === undefined) await keyBy(house, chi)
    else if (between === 'taken') await house.submit(chi, page)
    t.same(await house.take(chi), [], 'nobody keys both')
    await keyBy(house, dung)
    t.same(await openPages(house), [])
    t.match((await house.entriesOf(pageId)).slice(2), [
      { person_id: chi, pass: 1, turn: 2 },
      { person_id: dung, pass: 2, turn: 2 },
    ])
  }
})

t.test('A23: nobody who had the page in hand, or saw a reading of it, is given it', async (t) => {
  const house = await openHouse(t)
  const { pages } = await house.open(1)
  const pageId = pages[0]?.pageId ?? ''
  const [an = '', binh = '', held = '', skipped = '', arbiter = '', chi = ''] = newPeople(6)
  await house.takeOne(held, ENDED)
  await house.expire()
  const { leaseToken } = await house.takeOne(skipped)
  await skipPage(house.ledger, nobody, { personId: skipped, leaseToken, reason: 'other' })
  await keyBy(house, an, binh)
  // Who never typed has no number here before.
  await want(house, pageId, { notBy: [arbiter] })
  for (const person of [an, binh, held, skipped, arbiter]) t.same(await house.take(person), [])
  t.equal((await house.takeOne(chi)).pageId, pageId)
})

t.test('A23: the database refuses it too', async (t) => {
  const { house, pageId, an, chi } = await openKeyedHouse(t)
  await want(house, pageId)
  const barred = await house.db
    .selectFrom('barred')
    .select('person_no')
    .where('page_id', '=', pageId)
    .execute()
  t.equal(barred.length, 2)
  for (const { person_no } of barred) {
    const claim = sql`update open_page set holder_1 = ${person_no}, token_1 = ${randomUUID()},
      until_1 = clock_timestamp() where page_id = ${pageId}`
    t.equal(await stateOf(claim.execute(house.db)), CHECK_VIOLATION, 'a lease')
  }
  const { lease_token, person_no } = await house.db
    .selectFrom('lease')
    .innerJoin('person', 'person.person_no', 'lease.person_no')
    .select(['lease.lease_token', 'lease.person_no'])
    .where('person_id', '=', an)
    .executeTakeFirstOrThrow()
  const entry = { page_id: pageId, person_no, lease_token, pass: 1, turn: 2, records: '[]' }
  const storing = house.db.insertInto('entry').values({ ...entry, entry_id: randomUUID() })
  t.equal(await stateOf(storing.execute()), 'SN003', 'an entry')
  for (const table of ['barred', 'wanted_reading'] as const) {
    await t.rejects(house.db.deleteFrom(table).execute(), { code: 'SN001' })
  }
  await keyBy(house, chi)
})

t.test(
  'A23: who has the other pass in hand keys it on, unless he or she saw a reading',
  async (t) => {
    const { house, pageId, chi, dung } = await openKeyedHouse(t)
    await want(house, pageId)
    const page = await house.takeOne(chi)
    await want(house, pageId, { pass: 2 })
    await releaseAssignment(house.ledger, nobody, { personId: chi, leaseToken: page.leaseToken })
    const again = await house.takeOne(chi)
    t.equal(again.pageId, pageId, 'and gets it back, as any page that is given back')
    await house.takeOne(dung)
    await want(house, pageId, { turn: 3, notBy: [chi] })
    t.equal((await refusalOf(releaseOf(house, chi, again.leaseToken))).code, 'LEASE_ENDED')
    await house.submit(chi, again)
    t.match((await house.entriesOf(pageId)).at(-1), { person_id: chi, pass: null, turn: 2 })
    t.same(await house.take(chi), [])
  },
)

t.test(
  'A24: the turns of a pass are keyed one after the other, each by somebody new',
  async (t) => {
    const { house, pageId, chi, dung, em } = await openKeyedHouse(t)
    await want(house, pageId)
    const late = await house.takeOne(chi, ENDED)
    await house.expire()
    await want(house, pageId, { turn: 3, places: [2] })
    const second = await house.takeOne(dung)
    t.notOk('places' in second, 'the second turn goes first')
    t.same(await house.take(em), [], 'and the third waits for it')
    await house.submit(dung, second)
    t.same(await house.take(dung), [])
    t.same(await house.take(chi), [], 'who had the second turn in hand is not given the third')
    const third = await house.takeOne(em)
    t.same(third.places, [2])
    await house.submit(chi, late)
    await house.submit(em, third)
    t.match((await house.entriesOf(pageId)).slice(2), [
      { person_id: dung, pass: 1, turn: 2 },
      { person_id: chi, pass: null, turn: 2 },
      { person_id: em, pass: 1, turn: 3 },
    ])
    t.same(await openPages(house), [])
  },
)

t.test('A24: who keyed the page before is late for ever', async (t) => {
  const house = await openHouse(t)
  const { pages } = await house.open(1)
  const [an = '', binh = '', chi = ''] = newPeople(3)
  const late = await house.takeOne(an, ENDED)
  await house.expire()
  await keyBy(house, binh, chi)
  await want(house, pages[0]?.pageId ?? '')
  await house.submit(an, late)
  t.match((await house.entriesOf(late.pageId)).at(-1), { person_id: an, pass: null, turn: 1 })
})

t.test(
  'A25: where pairs are declared, anybody may key a page again, in a pair there or not',
  async (t) => {
    const house = await openHouse(t)
    const [an = '', binh = '', chi = '', dung = '', stranger = ''] = newPeople(5)
    const { campaign, pages } = await house.open(1, [
      [an, binh],
      [chi, dung],
    ])
    t.same(await house.take(stranger), [], 'who is in no pair may not key it first')
    await keyBy(house, an, binh)
    const pageId = pages[0]?.pageId ?? ''
    await want(house, pageId)
    const stuck = async (...typists: string[]) =>
      (await listStuckPages(house.db, { campaignId: campaign.campaignId, typists })).pages
    t.match(await stuck(an, binh), [{ pageId, again: true }])
    t.same(await stuck(an, binh, chi), [])
    t.same(await stuck(an, binh, stranger), [])
    await house.takeOne(chi, ENDED)
    await house.expire()
    const page = await house.takeOne(stranger, ENDED)
    await house.expire()
    await house.submit(stranger, page)
    t.match((await house.entriesOf(pageId)).at(-1), { person_id: stranger, pass: 1, turn: 2 })
  },
)

t.test('A30: a page wanted again is stuck when everybody has had it or skipped it', async (t) => {
  const { house, campaign, pageId, an, binh, chi, dung } = await openKeyedHouse(t)
  const stuck = async (...typists: string[]) =>
    (await listStuckPages(house.db, { campaignId: campaign.campaignId, typists })).pages
  await want(house, pageId, { notBy: [dung] })
  t.match(await stuck(an, binh, dung), [{ pageId, sequence: 1, again: true }])
  t.same(await stuck(an, binh, chi), [], 'somebody new may')
  const { leaseToken } = await house.takeOne(chi)
  t.same(await stuck(an, binh), [], 'somebody has it')
  await skipPage(house.ledger, nobody, { personId: chi, leaseToken, reason: 'unreadable' })
  t.match(await stuck(an, binh, chi), [{ pageId, again: true }])
  t.same(await stuck(an, binh, ...newPeople(1)), [], 'also who was never here before')
})

t.test('A26: where records are asked for by their places, an entry has just these', async (t) => {
  const { house, pageId, chi } = await openKeyedHouse(t)
  await want(house, pageId, { pass: 2, places: [2, 5] })
  const page = await house.takeOne(chi)
  t.same(page.places, [2, 5])
  t.same((await house.take(chi, 1))[0]?.places, [2, 5], 'as often as one asks')
  for (const records of [[], [recordOf()], [recordOf(), recordOf(), recordOf()]]) {
    const { code, details } = await refusalOf(house.submit(chi, page, { records }))
    t.equal(code, 'ENTRY_INVALID')
    t.same(details, [`${records.length} records for 2 places`])
  }
  await house.submit(chi, page, { records: [recordOf(), recordOf()] })
  const said = (await factsSaid(house.db, entrySubmitted)).at(-1)
  t.match(said, { personId: chi, pass: 2, turn: 2, places: [2, 5] })
  t.equal(said?.records.length, 2)
})

async function releaseOf({ ledger }: House, personId: string, leaseToken: string) {
  return await releaseAssignment(ledger, nobody, { personId, leaseToken })
}

async function openPages({ db }: House) {
  return await db.selectFrom('open_page').selectAll().execute()
}
