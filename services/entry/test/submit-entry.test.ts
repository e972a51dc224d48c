/** Rules A11–A16 of docs/spec/assignment.md, N7 of blindness.md: what becomes of an entry, what its typist hears. */
import { randomUUID } from 'node:crypto'
import { entrySubmitted } from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { releaseAssignment, renewAssignment, skipPage } from '../src/end-lease.ts'
import { findTypistImage } from '../src/find-typist-image.ts'
import { readProgress } from '../src/read-progress.ts'
import {
  ENDED,
  type House,
  keyBy,
  type Opened,
  openHouse,
  refusalOf,
  TIMES,
  want,
} from './open-house.ts'

async function openHouseWithPeople(t: Test, pages = 1) {
  const house = await openHouse(t)
  const opened = await house.open(pages)
  const [an = '', binh = '', chi = '', dung = ''] = newPeople(4)
  return { house, ...opened, an, binh, chi, dung }
}

t.test('A11: an entry is stored once, however often and fast it is sent', async (t) => {
  const { house, campaign, an } = await openHouseWithPeople(t, 2)
  const page = await house.takeOne(an)
  const entryId = randomUUID()
  const send = () => house.submit(an, page, { entryId, capacity: 1 })
  const answers = await Promise.all(Array.from({ length: 5 }, send))
  for (const answer of answers) t.same(answer, answers[0])
  t.equal(answers[0]?.assignments.length, 1, 'with the next page')
  t.equal((await house.entriesOf(page.pageId)).length, 1)
  t.equal((await factsSaid(house.db, entrySubmitted)).length, 1)
  const progress = await readProgress(house.db, campaign.campaignId)
  t.match(progress, { entries: 1, repeatedSubmissions: 4, spareReadings: 0 })
})

t.test('A11: an id that stands for another entry is refused', async (t) => {
  const { house, an, binh } = await openHouseWithPeople(t, 2)
  const [one, two] = await house.take(an, 2)
  if (one === undefined || two === undefined) throw new Error('two pages were opened')
  const { entryId } = await house.submit(an, one)
  t.equal((await refusalOf(house.submit(an, two, { entryId }))).code, 'ENTRY_ID_TAKEN')
  const others = (await house.take(binh, 2)).find(({ pageId }) => pageId === one.pageId)
  if (others === undefined) throw new Error('the other pass is free')
  t.equal((await refusalOf(house.submit(binh, others, { entryId }))).code, 'ENTRY_ID_TAKEN')
})

t.test('A12: an entry that does not fit its form is refused and leaves nothing', async (t) => {
  const { house, campaign, an } = await openHouseWithPeople(t)
  const page = await house.takeOne(an)
  const { village: _, ...incomplete } = recordOf({ fullName: 'Phạm Văn Kín' })
  const problem = await refusalOf(house.submit(an, page, { records: [incomplete] }))
  t.equal(problem.code, 'ENTRY_INVALID')
  t.same(problem.details, ['record 1, village: is missing'])
  t.notMatch(JSON.stringify(problem.toBody()), /Kín/, 'and quotes nothing')
  t.same(await house.entriesOf(page.pageId), [])
  t.same(await factsSaid(house.db, entrySubmitted), [])
  t.equal((await readProgress(house.db, campaign.campaignId)).entries, 0)
  await house.submit(an, page, { records: [] })
  t.equal((await house.entriesOf(page.pageId)).length, 1, 'a page without records is an answer')
})

t.test('A13: who never held the page cannot hand in an entry for it', async (t) => {
  const { house, pages, an, binh } = await openHouseWithPeople(t, 2)
  const page = await house.takeOne(an)
  const other = pages.find(({ pageId }) => pageId !== page.pageId)
  const attempts = [
    () => house.submit(binh, page),
    () => house.submit(an, { ...page, leaseToken: randomUUID() }),
    () => house.submit(an, { ...page, pageId: other?.pageId ?? '' }),
  ]
  for (const attempt of attempts) t.equal((await refusalOf(attempt())).code, 'LEASE_ENDED')
})

t.test('A14: a late entry fills its pass when nobody has taken it', async (t) => {
  const { house, an } = await openHouseWithPeople(t)
  const page = await house.takeOne(an, ENDED)
  await house.expire()
  await house.submit(an, page)
  t.match(await house.entriesOf(page.pageId), [{ person_id: an, pass: 1 }])
  t.same(await house.take(an), [])
})

t.test('A14: a late entry fills the pass that its typist holds by a newer lease', async (t) => {
  const { house, an } = await openHouseWithPeople(t)
  const page = await house.takeOne(an, ENDED)
  await house.expire()
  const again = await house.takeOne(an)
  t.equal(again.pageId, page.pageId)
  await house.submit(an, page)
  t.match(await house.entriesOf(page.pageId), [{ person_id: an, pass: 1 }])
  t.same(await house.take(an), [], 'the page need not be keyed again')
})

t.test('A14: a late entry for a page that others have is kept as a spare reading', async (t) => {
  const { house, campaign, an, binh, chi, dung } = await openHouseWithPeople(t)
  const page = await house.takeOne(an, ENDED)
  await house.expire()
  const others = [await house.takeOne(binh), await house.takeOne(chi)]
  await house.submit(an, page)
  t.match(await house.entriesOf(page.pageId), [{ person_id: an, pass: null }])

  await releaseAssignment(house.ledger, () => {}, {
    personId: binh,
    leaseToken: others[0]?.leaseToken ?? '',
  })
  const [again] = await house.take(an)
  t.equal(again?.pageId, page.pageId, 'who left a spare reading gets the page if there is no other')
  await releaseAssignment(house.ledger, () => {}, {
    personId: an,
    leaseToken: again?.leaseToken ?? '',
  })
  await house.submit(chi, page.pageId === others[1]?.pageId ? others[1] : page)
  await house.submit(dung, await house.takeOne(dung))
  t.equal((await house.db.selectFrom('open_page').selectAll().execute()).length, 0)
  await house.submit(an, page)
  const progress = await readProgress(house.db, campaign.campaignId)
  t.match(progress, { entries: 2, spareReadings: 2 }, 'also after the page is done')
})

t.test('A14: in a paired campaign a late entry never makes an undeclared pair', async (t) => {
  const house = await openHouse(t)
  const [an = '', binh = '', chi = '', dung = ''] = newPeople(4)
  const pairs: [string, string][] = [
    [an, binh],
    [chi, dung],
  ]
  await house.open(1, pairs)
  const page = await house.takeOne(an, ENDED)
  await house.expire()
  await house.takeOne(chi)
  await house.submit(an, page)
  t.match(await house.entriesOf(page.pageId), [{ person_id: an, pass: null }])
  await house.submit(dung, await house.takeOne(dung))
})

t.test('A15: an entry is said with everybody who ever had the page in hand', async (t) => {
  const { house, campaign, an, binh, chi, dung } = await openHouseWithPeople(t)
  await house.takeOne(an, ENDED)
  await house.expire()
  const given = await house.takeOne(binh)
  await releaseAssignment(house.ledger, () => {}, { personId: binh, leaseToken: given.leaseToken })
  const page = await house.takeOne(chi)
  const records = [recordOf()]
  const { entryId } = await house.submit(chi, page, { records })
  await house.submit(dung, await house.takeOne(dung))
  const [first, second] = await factsSaid(house.db, entrySubmitted)
  t.match(first, { entryId, pageId: page.pageId, personId: chi, pass: 1, records })
  t.equal(first?.campaignId, campaign.campaignId)
  t.same(first?.seenBy.toSorted(), [an, binh, chi].toSorted())
  t.same(second?.seenBy.toSorted(), [an, binh, chi, dung].toSorted())
})

t.test('A16: nothing tells a typist whether somebody else keyed the page', async (t) => {
  const { house: alone, ...opened } = await openHouseWithPeople(t)
  const crowded = await openHouse(t)
  await crowded.hearAll(opened)
  const { an, binh, chi } = opened
  const first = await crowded.takeOne(binh)
  await crowded.submit(binh, first, { records: [recordOf({ fullName: 'Tên của người kia' })] })
  const entryId = randomUUID()
  t.same(
    await everythingToldTo(an, entryId, crowded, opened),
    await everythingToldTo(an, entryId, alone, opened),
  )
  t.test('nor whether others have finished it meanwhile', async (t) => {
    t.same(await toldTooLate(t, an, opened, [binh, chi]), await toldTooLate(t, an, opened, []))
  })
})

t.test('N7: a whole page that is keyed again looks like any other, in time and late', async (t) => {
  const { house: alone, ...opened } = await openHouseWithPeople(t)
  const again = await openHouse(t)
  await again.hearAll(opened)
  const { pages, an, binh, chi, dung } = opened
  await keyBy(again, binh, chi)
  await want(again, pages[0]?.pageId ?? '', { notBy: [dung] })
  const entryId = randomUUID()
  t.same(
    await everythingToldTo(an, entryId, again, opened),
    await everythingToldTo(an, entryId, alone, opened),
  )
  t.same(
    await toldTooLate(t, an, opened, [dung], async (house) => {
      await keyBy(house, binh, chi)
      await want(house, pages[0]?.pageId ?? '')
    }),
    await toldTooLate(t, an, opened, []),
  )
})

/** All answers and refusals of one typist's day with a page, but for tokens and times. */
async function everythingToldTo(
  personId: string,
  entryId: string,
  house: House,
  { pages }: Opened,
): Promise<unknown[]> {
  const { ledger, db } = house
  const told: unknown[] = []
  const hear = async (doing: Promise<unknown>) =>
    told.push(await doing.catch(async () => (await refusalOf(doing)).toBody()))
  const nobody = () => {}

  let page = await house.takeOne(personId)
  const holding = () => ({ personId, leaseToken: page.leaseToken })
  told.push(page)
  await hear(house.take(personId, 5))
  await hear(findTypistImage(db, holding()))
  await hear(releaseAssignment(ledger, nobody, holding()))
  await hear(findTypistImage(db, holding()))
  page = await house.takeOne(personId)
  await hear(renewAssignment(ledger, TIMES.leaseSeconds, holding()))
  await hear(house.submit(personId, page, { records: [{}] }))
  await hear(house.submit(personId, { ...page, leaseToken: randomUUID() }))
  await hear(house.submit(personId, page, { entryId, capacity: 5 }))
  await hear(house.submit(personId, page, { entryId, capacity: 5 }))
  await hear(house.submit(personId, { ...page, pageId: randomUUID() }, { entryId }))
  await hear(renewAssignment(ledger, TIMES.leaseSeconds, holding()))
  await hear(skipPage(ledger, nobody, { ...holding(), reason: 'other' }))
  await hear(findTypistImage(db, holding()))
  await hear(house.take(personId, 5))
  return told.map((answer) => withoutTokens({ answer, of: pages.length }))
}

async function toldTooLate(
  t: Test,
  personId: string,
  opened: Opened,
  others: string[],
  before: (house: House) => Promise<void> = async () => {},
) {
  const house = await openHouse(t)
  await house.hearAll(opened)
  await before(house)
  const page = await house.takeOne(personId, ENDED)
  await house.expire()
  for (const other of others) await house.submit(other, await house.takeOne(other))
  const entryId = opened.campaign.campaignId
  return [
    await house.submit(personId, page, { entryId, capacity: 2 }),
    await house.submit(personId, page, { entryId, capacity: 2 }),
    await house.take(personId, 2),
  ]
}

function withoutTokens(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'leaseToken' || key === 'expiresAt' ? key : value,
  )
}
