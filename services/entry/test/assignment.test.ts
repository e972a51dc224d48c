/** Rules A1–A10 of docs/spec/assignment.md: who gets which page, and for how long. */
import { pageSkipped } from '@songnhap/contracts'
import { factsSaid, newBook, newPages, newPeople } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { releaseAssignment, renewAssignment, skipPage } from '../src/end-lease.ts'
import { findTypistImage } from '../src/find-typist-image.ts'
import { onBookOpened, onPageReceived } from '../src/hear-intake.ts'
import { lockPerson } from '../src/person.ts'
import { readProgress } from '../src/read-progress.ts'
import { takeBackAssignments } from '../src/take-back.ts'
import { ENDED, type House, openHouse, refusalOf } from './open-house.ts'

const nobody = () => {}

async function openHouseWithPeople(t: Test, pages: number) {
  const house = await openHouse(t)
  const { campaign, book, pages: received } = await house.open(pages)
  const [an = '', binh = '', chi = ''] = newPeople(3)
  return { house, campaign, book, pages: received, an, binh, chi }
}

t.test('A1: of fifty people who ask at once for the one page there is, two get it', async (t) => {
  const { house } = await openHouseWithPeople(t, 1)
  const people = newPeople(50)
  const given = await Promise.all(people.map((person) => house.take(person)))
  const holders = people.filter((_, index) => given[index]?.length === 1)
  t.equal(holders.length, 2, 'two different people')
  const asked = await Promise.all(people.map((person) => house.take(person)))
  t.same(asked, given, 'and these two keep it')
})

t.test('A1: the database itself refuses one person both passes of a page', async (t) => {
  const { house, an } = await openHouseWithPeople(t, 1)
  const { pageId, leaseToken } = await house.takeOne(an)
  const { person_no } = await house.db.selectFrom('person').selectAll().executeTakeFirstOrThrow()
  await t.rejects(
    house.db.updateTable('open_page').set({ holder_1: person_no, holder_2: person_no }).execute(),
    { code: '23514' },
    'as holder',
  )
  const entry = { page_id: pageId, person_no, lease_token: leaseToken, records: '[]' }
  const [one = '', two = '', three = ''] = newPeople(3)
  await house.db
    .insertInto('entry')
    .values({ ...entry, entry_id: one, pass: 1 })
    .execute()
  await t.rejects(
    house.db
      .insertInto('entry')
      .values({ ...entry, entry_id: two, pass: 2 })
      .execute(),
    { code: '23505', constraint: 'entry_two_people' },
    'as author',
  )
  await t.rejects(
    house.db
      .insertInto('entry')
      .values({ ...entry, entry_id: three, pass: 1 })
      .execute(),
    { code: '23505' },
    'and a pass has one entry',
  )
})

t.test('A2: who asks twenty times at once gets the same pages twenty times', async (t) => {
  const { house, an } = await openHouseWithPeople(t, 10)
  // Known before: people seen for the first time queue at their making already.
  await house.take(an)
  const given = await Promise.all(Array.from({ length: 20 }, () => house.take(an, 3)))
  t.equal(given[0]?.length, 3)
  for (const again of given) t.same(again, given[0])
  t.equal((await house.take(an, 5)).length, 5, 'more only when more is asked for')
})

t.test('A3: a person goes on through the same book, then gets another one', async (t) => {
  const { house, campaign, an } = await openHouseWithPeople(t, 4)
  const second = await house.open(4)
  const books: string[] = []
  const sequences: number[] = []
  for (let turn = 0; turn < 8; turn += 1) {
    const page = await house.takeOne(an)
    const { book_id } = await house.db
      .selectFrom('page')
      .select('book_id')
      .where('page_id', '=', page.pageId)
      .executeTakeFirstOrThrow()
    books.push(book_id)
    sequences.push(page.sequence)
    await house.submit(an, page)
  }
  t.same(await house.take(an), [], 'never the other pass of a page of one’s own')
  t.equal(new Set(books.slice(0, 4)).size, 1)
  t.equal(books[4], second.book.bookId, 'the campaign that was opened first is served first')
  t.same(sequences, [1, 2, 3, 4, 1, 2, 3, 4], 'page by page')
  t.equal((await readProgress(house.db, campaign.campaignId)).entries, 4)
})

t.test('A4: everybody is paired with everybody', async (t) => {
  const house = await openHouse(t)
  const { campaign } = await house.open(0)
  for (let shelf = 0; shelf < 20; shelf += 1) {
    const book = newBook(campaign)
    await house.hear(onBookOpened, book)
    for (const page of newPages(book, 3)) await house.hear(onPageReceived(nobody), page)
  }
  const people = newPeople(5)
  const open = () => house.db.selectFrom('open_page').select('page_id').execute()
  // In one round somebody may find the last pages locked by others, and asks again in the next.
  for (let round = 0; round < 100 && (await open()).length > 0; round += 1) {
    const working = people.map(async (person) => {
      for (const page of await house.take(person)) await house.submit(person, page)
    })
    await Promise.all(working)
  }
  const rows = await house.db
    .selectFrom('entry as one')
    .innerJoin('entry as other', 'other.page_id', 'one.page_id')
    .select(['one.person_no as a', 'other.person_no as b'])
    .whereRef('one.person_no', '<', 'other.person_no')
    .execute()
  t.equal(rows.length, 60, 'every page was keyed twice')
  const pairs = new Set(rows.map(({ a, b }) => `${a} ${b}`))
  t.ok(pairs.size >= 6, 'most of the ten possible pairs met')
})

t.test('A4: half of the draws begin among untouched pages, half among colleagues', async (t) => {
  const house = await openHouse(t)
  const { campaign } = await house.open(0)
  for (let shelf = 0; shelf < 60; shelf += 1) {
    const book = newBook(campaign)
    await house.hear(onBookOpened, book)
    for (const page of newPages(book, 1)) await house.hear(onPageReceived(nobody), page)
  }
  const [me = '', ...colleagues] = newPeople(9)
  for (const person of colleagues) await house.take(person, 4)
  const { personNo } = await house.ledger.change(({ trx }) => lockPerson(trx, me))
  const { rows } = await sql<{ besides: number }>`
    select count(*) filter (where other_by > 0)::int as besides
    from (select claim_page(${personNo}, null, '{}') as page_id from generate_series(1, 600)) d
      join open_page using (page_id)`.execute(house.db)
  const besides = rows[0]?.besides ?? 0
  // About 240 begin at one of the eight; drawn among untouched pages only, about 20 end there.
  t.ok(besides > 150 && besides < 450, `${besides} of 600`)
})

t.test('A5: in a paired campaign only declared pairs meet', async (t) => {
  const house = await openHouse(t)
  const [an = '', binh = '', chi = '', dung = '', alone = ''] = newPeople(5)
  await house.open(6, [
    [an, binh],
    [chi, dung],
  ])
  t.same(await house.take(alone), [], 'who has no partner gets nothing')
  for (let turn = 0; turn < 6; turn += 1) {
    for (const person of [an, chi, dung, binh]) {
      for (const page of await house.take(person)) await house.submit(person, page)
    }
  }
  t.equal((await house.db.selectFrom('open_page').select('page_id').execute()).length, 0)
  const numbers = await house.db
    .selectFrom('entry as one')
    .innerJoin('entry as other', 'other.page_id', 'one.page_id')
    .innerJoin('person as a', 'a.person_no', 'one.person_no')
    .innerJoin('person as b', 'b.person_no', 'other.person_no')
    .select(['a.person_id as a', 'b.person_id as b'])
    .where('one.pass', '=', 1)
    .where('other.pass', '=', 2)
    .execute()
  const declared = [an, binh, chi, dung]
  t.equal(numbers.length, 6)
  for (const { a, b } of numbers) t.equal(declared.indexOf(a) >> 1, declared.indexOf(b) >> 1)
})

t.test('A6: a lease that runs out frees its pass for somebody else', async (t) => {
  const { house, campaign, an, binh, chi } = await openHouseWithPeople(t, 1)
  const late = await house.takeOne(an, ENDED)
  await house.takeOne(binh)
  t.same(await house.take(chi), [], 'held until somebody looks')
  t.equal(await house.expire(), 1)
  t.equal((await house.takeOne(chi)).pageId, late.pageId)
  t.equal(await house.expire(), 0, 'what has not run out stays')
  t.equal((await readProgress(house.db, campaign.campaignId)).expiredLeases, 1)
})

t.test('A6: a lease that is renewed does not run out', async (t) => {
  const { house, an } = await openHouseWithPeople(t, 1)
  const { leaseToken } = await house.takeOne(an, ENDED)
  const { expiresAt } = await renewAssignment(house.ledger, 3600, { personId: an, leaseToken })
  t.equal(await house.expire(), 0)
  const held = await house.takeOne(an)
  t.same([held.leaseToken, held.expiresAt], [leaseToken, expiresAt])
})

t.test('A7: who hands a page back may get it again; who skips it does not', async (t) => {
  const { house, campaign, an, binh } = await openHouseWithPeople(t, 1)
  const page = await house.takeOne(an)
  await releaseAssignment(house.ledger, nobody, { personId: an, leaseToken: page.leaseToken })
  const again = await house.takeOne(an)
  t.equal(again.pageId, page.pageId)
  t.not(again.leaseToken, page.leaseToken, 'under a lease of its own')

  const skip = { personId: an, leaseToken: again.leaseToken, reason: 'unreadable' } as const
  await skipPage(house.ledger, nobody, { ...skip, note: 'mờ' })
  t.same(await house.take(an), [])
  t.equal((await house.takeOne(binh)).pageId, page.pageId, 'others do')
  t.same(await factsSaid(house.db, pageSkipped), [
    { pageId: page.pageId, personId: an, reason: 'unreadable', note: 'mờ' },
  ])
  t.equal((await readProgress(house.db, campaign.campaignId)).skips, 1)
})

t.test('A42: what somebody holds is taken back, and goes to others', async (t) => {
  const { house, an, binh, chi } = await openHouseWithPeople(t, 2)
  const held = [...(await house.take(an, 3))]
  await house.take(binh, 3)
  t.same(await house.take(chi), [], 'all is held')
  const waiting = async () =>
    (await house.db.selectFrom('waiting').select('person_id').execute()).map((row) => row.person_id)
  t.ok((await waiting()).includes(an))

  let freed = 0
  const takeBack = async () =>
    await takeBackAssignments(house.ledger, () => (freed += 1), { personId: an })
  t.same(await takeBack(), { pages: 2 })
  t.notOk((await waiting()).includes(an), 'and nothing more is offered')
  t.same(await takeBack(), { pages: 0 })
  t.equal(freed, 1)
  t.equal((await house.take(chi, 3)).length, 2)
  for (const { leaseToken } of held) {
    const renewed = renewAssignment(house.ledger, 3600, { personId: an, leaseToken })
    t.equal((await refusalOf(renewed)).code, 'LEASE_ENDED')
  }
})

t.test('A8: a lease that is over and one of somebody else’s are refused alike', async (t) => {
  const { house, an, binh, chi } = await openHouseWithPeople(t, 2)
  const held = await house.takeOne(an)
  const { leaseToken } = held
  const refused = [
    ...(await refusalsOfAll(house, { personId: binh, leaseToken })),
    ...(await refusalsOfAll(house, { personId: an, leaseToken: chi })),
  ]
  await house.submit(an, held)
  refused.push(...(await refusalsOfAll(house, { personId: an, leaseToken })))
  const late = await house.takeOne(an, ENDED)
  await house.expire()
  refused.push(...(await refusalsOfAll(house, { personId: an, leaseToken: late.leaseToken })))
  t.equal(refused.length, 16)
  for (const body of refused) t.same(body, refused[0])
  t.equal(refused[0]?.code, 'LEASE_ENDED')
})

async function refusalsOfAll(
  { ledger, db }: House,
  holding: { personId: string; leaseToken: string },
) {
  const problems = [
    await refusalOf(renewAssignment(ledger, 60, holding)),
    await refusalOf(releaseAssignment(ledger, nobody, holding)),
    await refusalOf(skipPage(ledger, nobody, { ...holding, reason: 'other' })),
    await refusalOf(findTypistImage(db, holding)),
  ]
  return problems.map((problem) => problem.toBody())
}

t.test('A9: the image is for the holder of the lease, while it lasts', async (t) => {
  const { house, pages, an } = await openHouseWithPeople(t, 1)
  const { leaseToken } = await house.takeOne(an)
  const holding = { personId: an, leaseToken }
  t.same(await findTypistImage(house.db, holding), { sha256: pages[0]?.imageSha256 })
  await renewAssignment(house.ledger, -1, holding)
  t.equal((await refusalOf(findTypistImage(house.db, holding))).code, 'LEASE_ENDED')
})

t.test('A10: leases, entries and skips are never changed or removed', async (t) => {
  const { house, an } = await openHouseWithPeople(t, 2)
  await house.submit(an, await house.takeOne(an))
  const { leaseToken } = await house.takeOne(an)
  await skipPage(house.ledger, nobody, { personId: an, leaseToken, reason: 'other' })
  for (const table of ['lease', 'entry', 'skip'] as const) {
    await t.rejects(house.db.deleteFrom(table).execute(), { code: 'SN001' })
    await t.rejects(house.db.updateTable(table).set({ person_no: 1 }).execute(), { code: 'SN001' })
  }
})
