/** Rule A30 of docs/spec/assignment.md: pages that nobody may have do not wait unseen. */
import { randomUUID } from 'node:crypto'
import { newPeople } from '@songnhap/testkit'
import { t } from 'tap'
import { skipPage } from '../src/end-lease.ts'
import { listStuckPages } from '../src/list-stuck-pages.ts'
import { openHouse, refusalOf } from './open-house.ts'

const nobody = () => {}

t.test('A30: a page that everybody skipped, or has by its other pass, is stuck', async (t) => {
  const house = await openHouse(t)
  const { campaign, pages } = await house.open(1)
  const { campaignId } = campaign
  const [an = '', binh = '', chi = ''] = newPeople(3)
  const stuckFor = async (...typists: string[]) => {
    const { pages } = await listStuckPages(house.db, { campaignId, typists })
    return pages.map(({ pageId }) => pageId)
  }
  t.same(await stuckFor(an, binh), [], 'both may have it')
  await house.submit(an, await house.takeOne(an))
  t.same(await stuckFor(an), [pages[0]?.pageId], 'its one typist may not have it again')
  t.same(await stuckFor(an, binh), [])
  const { leaseToken } = await house.takeOne(binh)
  t.same(await stuckFor(an), [], 'somebody has it')
  await skipPage(house.ledger, nobody, { personId: binh, leaseToken, reason: 'unreadable' })
  t.same(await stuckFor(an, binh), [pages[0]?.pageId])
  t.same(await stuckFor(an, binh, chi), [], 'a new typist may')
  const unknown = listStuckPages(house.db, { campaignId: randomUUID(), typists: [an] })
  t.equal((await refusalOf(unknown)).code, 'NOT_FOUND', 'not: no page is stuck')
})

t.test('A30: a page whose declared partner is gone is stuck', async (t) => {
  const house = await openHouse(t)
  const [an = '', binh = '', chi = '', dung = ''] = newPeople(4)
  const { campaign, pages } = await house.open(1, [
    [an, binh],
    [chi, dung],
  ])
  await house.submit(an, await house.takeOne(an))
  const stuckFor = async (typists: string[]) =>
    (await listStuckPages(house.db, { campaignId: campaign.campaignId, typists })).pages
  t.same(await stuckFor([an, binh, chi, dung]), [])
  t.match(await stuckFor([an, chi, dung, ...newPeople(1)]), [{ pageId: pages[0]?.pageId }])
})
