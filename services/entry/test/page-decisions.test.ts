/** Rules A40 and A41 of docs/spec/assignment.md: what supervisors decide about pages that were handed back. */
import { randomUUID } from 'node:crypto'
import { type PageAside, pageOfferedAgain } from '@songnhap/contracts'
import { factsSaid, newPeople } from '@songnhap/testkit'
import { t } from 'tap'
import { skipPage } from '../src/end-lease.ts'
import { onPageRestored, onPageSetAside } from '../src/hear-decisions.ts'
import { offerPageAgain } from '../src/offer-page-again.ts'
import { listSkippedPages, readBooksKeyed, readOverview } from '../src/read-overview.ts'
import { keyBy, type Opened, openHouse, refusalOf, want } from './open-house.ts'

const nobody = () => {}

async function openWithPeople(t: Parameters<typeof openHouse>[0], pageCount: number) {
  const house = await openHouse(t)
  const opened = await house.open(pageCount)
  const [an = '', binh = '', chi = '', sam = ''] = newPeople(4)
  const { campaignId } = opened.campaign
  const skip = async (personId: string, reason: 'unreadable' | 'too-hard' = 'unreadable') => {
    const { pageId, leaseToken } = await house.takeOne(personId)
    await skipPage(house.ledger, nobody, { personId, leaseToken, reason })
    return pageId
  }
  const decide = async (page: Opened['pages'][number], reason?: PageAside['reason']) => {
    const { pageId, bookId } = page
    const body = { pageId, bookId, campaignId, personId: sam }
    if (reason === undefined) await house.hear(onPageRestored(nobody), body)
    else await house.hear(onPageSetAside, { ...body, reason })
  }
  const decisions = async () =>
    (await listSkippedPages(house.db, { campaignId })).pages.map(({ decision }) => decision)
  return { house, ...opened, campaignId, an, binh, chi, sam, skip, decide, decisions }
}

t.test('A40: a page that was skipped is offered again, to others first', async (t) => {
  const { house, pages, an, binh, sam, skip, decide, decisions } = await openWithPeople(t, 2)
  const offerAgain = (pageId: string) =>
    offerPageAgain(house.ledger, nobody, { pageId, personId: sam, note: 'đọc được' })
  const pageId = await skip(an)
  t.equal(pageId, pages[0]?.pageId)
  t.same(await decisions(), [undefined])
  await offerAgain(pageId)
  await offerAgain(pageId)
  t.same(await factsSaid(house.db, pageOfferedAgain), [{ pageId, personId: sam, note: 'đọc được' }])
  t.same(await decisions(), ['offered-again'])
  t.same(
    (await house.take(an, 2)).map((one) => one.pageId),
    [pages[1]?.pageId, pageId],
    'what comes first in the book comes last for who skipped it',
  )
  t.equal((await house.takeOne(binh)).pageId, pageId, 'and first for others')
  const [, again] = await house.take(an, 2)
  const { leaseToken = '' } = again ?? {}
  await skipPage(house.ledger, nobody, { personId: an, leaseToken, reason: 'too-hard' })
  t.same(await decisions(), [undefined, 'offered-again'])
  t.same(
    (await house.take(an, 2)).map((one) => one.pageId),
    [pages[1]?.pageId],
    'not again by itself',
  )
  t.equal((await refusalOf(offerAgain(randomUUID()))).code, 'NOT_FOUND')

  const [page] = pages
  if (page === undefined) throw new Error('a page')
  await decide(page, 'photographed-twice')
  t.equal((await refusalOf(offerAgain(pageId))).code, 'PAGE_SET_ASIDE', 'another decided otherwise')
  await decide(page, 'replaced')
  t.equal((await refusalOf(offerAgain(pageId))).code, 'PAGE_REPLACED')
})

t.test('A41: a page that is set aside is given to nobody, and goes on when put back', async (t) => {
  const { house, pages, book, campaignId, an, binh, chi, decide } = await openWithPeople(t, 2)
  const [page, other] = pages
  if (page === undefined || other === undefined) throw new Error('two pages')
  await house.submit(an, await house.takeOne(an))
  const held = await house.takeOne(binh)
  t.equal(held.pageId, page.pageId)
  await decide(page, 'photographed-twice')
  t.same(
    (await house.take(binh, 2)).map(({ pageId }) => pageId),
    [other.pageId],
    'it is in hand no longer',
  )
  t.match(await house.take(chi, 2), [{ pageId: other.pageId }])
  t.match(await readOverview(house.db, campaignId), {
    ...{ pages: 2, aside: 1, begun: 0, held: 1 },
    ...{ waiting: 0 },
  })
  const booksKeyed = () => readBooksKeyed(house.db, { bookIds: [book.bookId] })
  t.match(await booksKeyed(), { books: [{ aside: 1, begun: 0, keyedTwice: 0, held: 1 }] })

  await decide(page)
  t.match(await readOverview(house.db, campaignId), { aside: 0, begun: 1, keyedTwice: 0 })
  await decide(page, 'not-part-of-book')
  await house.submit(binh, held)
  t.same(
    (await house.entriesOf(page.pageId)).map((entry) => entry.pass),
    [1, 2],
    'what comes late is kept, and in its place',
  )
  t.match(await booksKeyed(), { books: [{ aside: 1, begun: 0, keyedTwice: 0 }] })
  await decide(page)
  t.match(await booksKeyed(), { books: [{ aside: 0, begun: 1, keyedTwice: 1 }] })
})

t.test('A41: nor is it given where it is wanted again, or was replaced', async (t) => {
  const { house, pages, campaignId, an, binh, chi, skip, decide, decisions } = await openWithPeople(
    t,
    1,
  )
  const [page] = pages
  if (page === undefined) throw new Error('a page')
  await keyBy(house, an, binh)
  await decide(page, 'other')
  await want(house, page.pageId)
  t.same(await house.take(chi), [])
  t.match(await readOverview(house.db, campaignId), { waiting: 1 }, 'who has none in hand waits')
  await decide(page)
  t.equal(await skip(chi), page.pageId, 'put back it is')
  await decide(page, 'replaced')
  t.same(await decisions(), ['replaced'])
  t.match(await readOverview(house.db, campaignId), { pages: 0, aside: 0, begun: 0, keyedTwice: 0 })
})
