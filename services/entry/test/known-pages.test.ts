/** Rules Y1–Y5 of docs/spec/known-answers.md: who is shown a known-answer page, when, and what comes of it. */
import { randomUUID } from 'node:crypto'
import {
  entrySubmitted,
  knownPageAnswered,
  pageSkipped,
  type TypingAssignment,
} from '@songnhap/contracts'
import { factsSaid, newBook, newCampaign, newPages, newPeople, SMALL_FORM } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { renewAssignment, skipPage } from '../src/end-lease.ts'
import { findTypistImage } from '../src/find-typist-image.ts'
import { onKnownPageNamed, onKnownPageRetired } from '../src/hear-reconcile.ts'
import { readKnownShowings, setKnownShares } from '../src/known-showings.ts'
import { listEntries } from '../src/list-entries.ts'
import { listSkippedPages, readBooksKeyed, readOverview } from '../src/read-overview.ts'
import { readProgress } from '../src/read-progress.ts'
import { openHouse } from './open-house.ts'

const nobody = () => {}
/** With as many owed as can be, each page is a known one by a half: in so many one comes. */
const UNTIL_KNOWN_MAX = 40
const UNTIL_SURE_ENOUGH = 6

/** A book whose first pages two people have keyed and of which the answers are known; the rest is free. */
async function openKnown(t: Test, known: number, pages: number) {
  const house = await openHouse(t)
  const campaign = newCampaign()
  const book = { ...newBook(campaign), layouts: ['left', 'right'] }
  const all = newPages(book, pages)
  const { campaignId } = campaign
  await house.hearAll({ campaign, book, pages: all.slice(0, known) })
  const [an = '', binh = '', arbiter = ''] = newPeople(3)
  for (const person of [an, binh]) {
    for (let page = 0; page < known; page += 1) {
      await house.submit(person, await house.takeOne(person))
    }
  }
  const ordinary = new Set(all.map(({ pageId }) => pageId))
  const isShowing = ({ pageId }: TypingAssignment) => !ordinary.has(pageId)
  await house.hearPages(all.slice(known))
  const name = async (count = known, notBy = [arbiter]) => {
    for (const { pageId } of all.slice(0, count)) {
      await house.hear(onKnownPageNamed, { pageId, campaignId, notBy })
    }
  }
  const share = (newcomers: number, others: number) =>
    setKnownShares(house.db, { campaignId, personId: an, newcomers, others })
  /** Keys ordinary pages until a known one comes; undefined: none came, though many are owed. */
  const untilKnown = async (person: string, most = UNTIL_KNOWN_MAX) => {
    for (let page = 0; page < most; page += 1) {
      const [one] = await house.take(person)
      if (one === undefined || isShowing(one)) return one
      await house.submit(person, one)
      await sql`update person set known_due = 20 where person_id = ${person}`.execute(house.db)
    }
    return undefined
  }
  const isShownNone = async (person: string) =>
    (await untilKnown(person, UNTIL_SURE_ENOUGH)) === undefined
  return {
    house,
    campaignId,
    book,
    all,
    an,
    binh,
    arbiter,
    isShowing,
    name,
    share,
    untilKnown,
    isShownNone,
  }
}

t.test(
  'Y1, Y2: a known-answer page is like any other, counts nowhere, and is for who never met it',
  async (t) => {
    const opened = await openKnown(t, 1, 50)
    const { house, campaignId, book, all, an, binh, arbiter, name, share } = opened
    const { untilKnown, isShownNone } = opened
    const { db } = house
    const [known] = all
    const [chi = ''] = newPeople(1)
    await name()
    await share(0.1, 0.1)
    const ordinary = await house.takeOne(chi)
    await house.submit(chi, ordinary)
    const showing = await untilKnown(chi)
    if (showing === undefined || known === undefined) throw new Error('no known page came')

    const { expiresAt, leaseToken, pageId, sequence, ...rest } = showing
    const { expiresAt: _, leaseToken: __, pageId: ___, sequence: ____, ...others } = ordinary
    t.same(Object.keys(showing), Object.keys(ordinary), 'the same keys in the same order')
    t.same(rest, others)
    t.not(pageId, known.pageId, 'an id of its own')
    t.equal(pageId.slice(0, 15), known.pageId.slice(0, 15), 'that looks as old as the page')
    t.equal(sequence, known.sequence, 'at its place in its book')
    const mine = { personId: chi, leaseToken }
    t.same(await findTypistImage(db, mine), { sha256: known.imageSha256 })
    t.same(Object.keys(await renewAssignment(house.ledger, 60, mine)), ['expiresAt'])
    t.same(await house.take(chi), [
      { ...showing, expiresAt: (await house.take(chi))[0]?.expiresAt },
    ])

    const counted = async () => ({
      progress: await readProgress(db, campaignId),
      overview: await readOverview(db, campaignId),
      books: await readBooksKeyed(db, { bookIds: [book.bookId] }),
      entries: await listEntries(db, { campaignId }),
    })
    const before = await counted()
    const said = (await factsSaid(db, entrySubmitted)).length
    const entryId = randomUUID()
    const answer = await house.submit(chi, showing, { entryId })
    t.same(answer, { entryId, assignments: [] })
    t.same(await house.submit(chi, showing, { entryId }), answer, 'and again')
    t.same(await counted(), before)
    t.equal((await factsSaid(db, entrySubmitted)).length, said, 'it is no entry')
    t.match(await factsSaid(db, knownPageAnswered), [
      { entryId, pageId: known.pageId, campaignId, personId: chi },
    ])
    t.ok(await isShownNone(chi), 'never twice to one person')
    t.match(await readKnownShowings(db, campaignId), {
      shares: { newcomers: 0.1, others: 0.1 },
      showings: [{ pageId: known.pageId, shown: 1 }],
    })
    const [late = ''] = newPeople(1)
    await house.hear(onKnownPageNamed, { pageId: known.pageId, campaignId, notBy: [late] })
    for (const person of [an, binh, arbiter, late]) t.ok(await isShownNone(person), 'who met it')
  },
)

t.test(
  'Y3, Y4: given back or skipped it is no page; after six showings it is none any more',
  async (t) => {
    const opened = await openKnown(t, 2, 50)
    const { house, campaignId, all, name, share, untilKnown, isShownNone } = opened
    await share(0.1, 0.1)
    await name(1)
    const [chi = '', ...others] = newPeople(7)
    const showing = await untilKnown(chi)
    t.ok(showing)
    await house.endLeases()
    t.equal((await house.takeOne(chi)).pageId, showing?.pageId, 'it comes back, as any page does')
    await house.endLeases()
    const shown: (number | undefined)[] = []
    for (const person of others) {
      const other = await untilKnown(person, shown.length < 5 ? undefined : UNTIL_SURE_ENOUGH)
      t.not(other?.pageId, showing?.pageId, 'given back it is for nobody else')
      shown.push(other?.sequence)
    }
    t.same(shown, [1, 1, 1, 1, 1, undefined])
    const { leaseToken } = await house.takeOne(chi)
    await skipPage(house.ledger, nobody, { personId: chi, leaseToken, reason: 'unreadable' })
    t.same(await factsSaid(house.db, pageSkipped), [])
    t.same((await listSkippedPages(house.db, { campaignId })).pages, [])
    t.not((await house.takeOne(chi)).pageId, showing?.pageId)

    const pageId = all[1]?.pageId ?? ''
    await house.hear(onKnownPageNamed, { pageId, campaignId, notBy: [] })
    await house.hear(onKnownPageRetired, { pageId, campaignId, reason: 'supervisor' })
    await house.hear(onKnownPageNamed, { pageId, campaignId, notBy: [] })
    const [late = ''] = newPeople(1)
    t.ok(await isShownNone(late), 'retired by a supervisor, for ever')
    const { showings } = await readKnownShowings(house.db, campaignId)
    t.same(showings.map(({ shown }) => shown).sort(), [0, 6])
  },
)

t.test('Y5: of many pages the share that the campaign says, more of a newcomer’s', async (t) => {
  const { house, name, share, isShowing, campaignId } = await openKnown(t, 5, 48)
  await name()
  t.same((await readKnownShowings(house.db, campaignId)).shares, {
    newcomers: 0.075,
    others: 0.015,
  })
  const shownOf = async (person: string, pages: number) => {
    let shown = 0
    for (let page = 0; page < pages; page += 1) {
      const one = await house.takeOne(person)
      if (isShowing(one)) shown += 1
      await house.submit(person, one)
    }
    return shown
  }
  await share(0.1, 0)
  const [chi = '', dung = ''] = newPeople(2)
  const shown = await shownOf(chi, 30)
  t.ok(shown >= 1 && shown <= 4, `${shown} of 30 at a share of .1`)
  const fields = 30 * SMALL_FORM.fields.length
  const keyed = await sql<{ n: number }>`
    select fields_keyed as n from person where person_id = ${chi}`.execute(house.db)
  t.equal(keyed.rows[0]?.n, fields)
  await sql`update person set fields_keyed = 500, known_due = 0 where person_id = ${chi}`.execute(
    house.db,
  )
  t.equal(await shownOf(chi, 8), 0, 'no newcomer any more')
  await share(0, 0.1)
  t.equal(await shownOf(dung, 8), 0, 'a share of nothing')
})
