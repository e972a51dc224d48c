/** Rules A20, A21 of docs/spec/assignment.md, N6 of blindness.md: nothing that one may try tells what others did. */
import { randomUUID } from 'node:crypto'
import { newPeople, recordOf } from '@songnhap/testkit'
import { t } from 'tap'
import { releaseAssignment } from '../src/end-lease.ts'
import { type House, openHouse, refusalOf } from './open-house.ts'

const RECORDS_BYTES_MAX = 440 * 1024
/** So many that a draw which is left to chance would show. */
const NEWCOMERS = 16

t.test('A20: a page given back comes back, whether or not somebody else has had it', async (t) => {
  const house = await openHouse(t)
  await house.open(4)
  const [an = '', binh = ''] = newPeople(2)
  t.same(await takeAndGiveBack(house, an, 4), [1, 1, 1, 1], 'alone in the book')
  const first = await house.takeOne(binh)
  t.equal(first.sequence, 1)
  t.same(await takeAndGiveBack(house, an, 4), [1, 1, 1, 1], 'while somebody holds the page')
  await house.submit(binh, first)
  t.same(await takeAndGiveBack(house, an, 4), [1, 1, 1, 1], 'after somebody keyed the page')
})

t.test('N6: whoever comes into a book begins at its first place, touched or not', async (t) => {
  const house = await openHouse(t)
  await house.open(3)
  const [an = '', ...others] = newPeople(1 + NEWCOMERS)
  await house.submit(an, await house.takeOne(an))
  for (const newcomer of others) {
    const { leaseToken, sequence } = await house.takeOne(newcomer)
    t.equal(sequence, 1)
    await releaseAssignment(house.ledger, () => {}, { personId: newcomer, leaseToken })
  }
})

t.test('A14: a page with a spare reading of one own comes after all others', async (t) => {
  const house = await openHouse(t)
  await house.open(1)
  const [an = '', binh = '', chi = ''] = newPeople(3)
  const page = await house.takeOne(an)
  await house.endLeases()
  const others = [await house.takeOne(binh), await house.takeOne(chi)]
  await house.submit(an, page)
  for (const [index, personId] of [binh, chi].entries()) {
    const leaseToken = others[index]?.leaseToken ?? ''
    await releaseAssignment(house.ledger, () => {}, { personId, leaseToken })
  }
  const { pages } = await house.open(1)
  const taken = (await house.take(an, 2)).map(({ pageId }) => pageId)
  t.same(taken, [pages[0]?.pageId, page.pageId])
})

t.test('A21: how long an entry may be does not depend on who had the page', async (t) => {
  for (const others of [0, 3]) {
    const house = await openHouse(t)
    await house.open(1)
    const [an = '', ...colleagues] = newPeople(1 + others)
    for (const colleague of colleagues) {
      await house.takeOne(colleague)
      await house.endLeases()
    }
    const page = await house.takeOne(an)
    const records = [recordOf()]
    const tooLong = [recordOf({ village: 'x'.repeat(RECORDS_BYTES_MAX) })]
    t.equal((await refusalOf(house.submit(an, page, { records: tooLong }))).code, 'TOO_LARGE')
    await house.submit(an, page, { records })
  }
})

t.test('A21: an id sent again with other content is refused', async (t) => {
  const house = await openHouse(t)
  await house.open(1)
  const [an = ''] = newPeople(1)
  const page = await house.takeOne(an)
  const entryId = randomUUID()
  await house.submit(an, page, { entryId, records: [recordOf({ village: 'một' })] })
  const other = house.submit(an, page, { entryId, records: [recordOf({ village: 'hai' })] })
  t.equal((await refusalOf(other)).code, 'ENTRY_ID_TAKEN')
  t.equal((await house.entriesOf(page.pageId)).length, 1)
})

async function takeAndGiveBack(house: House, personId: string, times: number): Promise<number[]> {
  const places: number[] = []
  for (let time = 0; time < times; time += 1) {
    const { leaseToken, sequence } = await house.takeOne(personId)
    places.push(sequence)
    await releaseAssignment(house.ledger, () => {}, { personId, leaseToken })
  }
  return places
}
