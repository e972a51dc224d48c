/** Rules A31 and A32 of docs/spec/assignment.md: what a campaign says of the pages that are given out. */
import { entrySubmitted, type FieldDefinition, type FormDefinition } from '@songnhap/contracts'
import {
  factsSaid,
  newBook,
  newCampaign,
  newPages,
  newPeople,
  recordOf,
  SMALL_FORM,
} from '@songnhap/testkit'
import { t } from 'tap'
import { renewAssignment, skipPage } from '../src/end-lease.ts'
import {
  onBookLayoutsChanged,
  onCampaignFormChanged,
  onPagesAheadChanged,
} from '../src/hear-intake.ts'
import { openHouse, refusalOf } from './open-house.ts'

const nobody = () => {}

t.test('A31, P17: a page is keyed by the version of the form that it was given with', async (t) => {
  const house = await openHouse(t)
  const { campaign, book } = await house.open(3)
  const { campaignId } = campaign
  const [an = '', binh = ''] = newPeople(2)
  const goOnWith = (form: FormDefinition) => house.hear(onCampaignFormChanged, { campaignId, form })
  const inHand = await house.takeOne(an)
  t.equal(inHand.form.version, 1)
  const village = { ...SMALL_FORM.fields[2], marks: ['torn'] } as FieldDefinition
  await goOnWith({ ...SMALL_FORM, version: 2, fields: SMALL_FORM.fields.with(2, village) })

  const records = [recordOf({ village: { value: '', mark: 'blank', origin: 'typed' } })]
  const [still, next] = await house.take(an, 2)
  t.match([still, next], [inHand, { form: { version: 2 } }], 'what is in hand stays as it is')
  const other = await house.takeOne(binh)
  t.match(other, { pageId: inHand.pageId, form: { version: 2 } })
  t.equal((await refusalOf(house.submit(binh, other, { records }))).code, 'ENTRY_INVALID')
  await house.endLeases()
  await house.submit(an, inHand, { records })
  t.match(await factsSaid(house.db, entrySubmitted), [{ pass: 1, form: { version: 1 } }], 'late')
  await goOnWith(SMALL_FORM)
  const back = await house.takeOne(an)
  t.equal(back.form.version, 1, 'and back')
  t.notOk('layouts' in back, 'nobody chose a layout')
  await house.hear(onBookLayoutsChanged, { bookId: book.bookId, campaignId, layouts: [] })
  t.same(await house.takeOne(an), { ...back, layouts: [] }, 'P17: of a page in hand too')
})

t.test('A32: nobody holds more pages than the campaign of the book allows', async (t) => {
  const house = await openHouse(t)
  const opened = (pagesAhead?: number) => {
    const campaign = { ...newCampaign(), ...(pagesAhead === undefined ? {} : { pagesAhead }) }
    const book = newBook(campaign)
    return { campaign, book, pages: newPages(book, 6) }
  }
  await house.hearAll(opened(2))
  const [an = '', binh = ''] = newPeople(2)
  const held = await house.take(an, 20)
  t.equal(held.length, 3, 'the one being typed, and two ahead')
  t.ok(
    held.every(({ pagesAhead }) => pagesAhead === 2),
    'and the desk is told',
  )
  t.same(await house.take(an, 20), held)
  t.equal((await house.take(binh, 1)).length, 1, 'who asks for less gets less')
  const waiting = () => house.db.selectFrom('waiting').select('person_id').execute()
  t.same(await waiting(), [], 'whose hands are full does not wait')
  await house.hearAll(opened())
  t.equal((await house.take(an, 20)).length, 3, 'not of another campaign either')
  for (let round = 0; round < 2; round += 1) {
    for (const { leaseToken } of await house.take(an, 3)) {
      await skipPage(house.ledger, nobody, { personId: an, leaseToken, reason: 'unreadable' })
    }
  }
  const free = await house.take(an, 5)
  t.equal(free.length, 5, 'where the campaign does not say, as many as are asked for')
  t.notOk(free.some((assignment) => 'pagesAhead' in assignment))
})

t.test(
  'A33: the pages ahead are changed while people work, and leases last with them',
  async (t) => {
    const house = await openHouse(t)
    const campaign = newCampaign()
    const book = newBook(campaign)
    await house.hearAll({ campaign, book, pages: newPages(book, 6) })
    const { campaignId } = campaign
    const change = (pagesAhead: number | null) =>
      house.hear(onPagesAheadChanged, { campaignId, pagesAhead })
    const secondsLeft = (moment = '') => (Date.parse(moment) - Date.now()) / 1000
    const [an = ''] = newPeople(1)
    const [first] = await house.take(an, 1)
    const usual = secondsLeft(first?.expiresAt)
    await change(4)
    t.equal((await house.take(an, 20)).length, 5)
    const { leaseToken = '' } = first ?? {}
    const renew = async () => {
      const renewed = await renewAssignment(house.ledger, usual, { personId: an, leaseToken })
      return secondsLeft(renewed.expiresAt) / usual
    }
    const near = (ratio: number, expected: number) =>
      t.ok(Math.abs(ratio - expected) < 0.1, `${ratio}`)
    near(secondsLeft((await house.take(an, 20))[4]?.expiresAt) / usual, 2)
    near(await renew(), 2)
    await change(1)
    t.equal((await house.take(an, 20)).length, 5, 'nothing is taken away')
    near(await renew(), 1.25)
    await change(null)
    t.equal((await house.take(an, 20)).length, 6)
  },
)
