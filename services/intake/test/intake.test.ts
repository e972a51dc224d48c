/** Rules P1–P3, P7, P14 and P17 of docs/spec/intake.md: campaigns and books come in once. */
import { randomUUID } from 'node:crypto'
import {
  bookLayoutsChanged,
  bookOpened,
  campaignFormChanged,
  campaignOpened,
  campaignPagesAheadChanged,
  type FormDefinition,
  type FormReference,
} from '@songnhap/contracts'
import { factsSaid, newBook, newCampaign, newPeople, SMALL_FORM } from '@songnhap/testkit'
import { t } from 'tap'
import { changeCampaignForm } from '../src/change-campaign-form.ts'
import { readForm } from '../src/forms/list-forms.ts'
import { listBooks, listCampaigns } from '../src/list-holdings.ts'
import { openBook } from '../src/open-book.ts'
import { openCampaign } from '../src/open-campaign.ts'
import { setBookLayouts } from '../src/set-book-layouts.ts'
import { setPagesAhead } from '../src/set-pages-ahead.ts'
import { newScan } from './new-files.ts'
import { codeOf, openShelf } from './open-shelf.ts'

t.test('P1: a campaign is opened once an id; other content under it is refused', async (t) => {
  const { db, ledger, campaign } = await openShelf(t)
  const [an = '', binh = ''] = newPeople(2)
  await Promise.all([openCampaign(ledger, campaign), openCampaign(ledger, campaign)])
  t.equal((await factsSaid(db, campaignOpened)).length, 1)
  t.same(await factsSaid(db, campaignOpened), [campaign], 'said with its form')
  for (const other of [
    { ...campaign, name: 'Tên khác' },
    { ...campaign, pairs: [[an, binh]] as [string, string][] },
    { ...campaign, form: { ...campaign.form, version: 2 } },
  ]) {
    t.equal(await codeOf(openCampaign(ledger, other)), 'ALREADY_EXISTS')
  }
  t.match(await listCampaigns(db), { campaigns: [{ name: campaign.name, books: 1, pages: 0 }] })
})

t.test('P14: a campaign goes on with another version of its form that fits', async (t) => {
  const { db, ledger, campaign } = await openShelf(t)
  const { campaignId, form } = campaign
  const second = { ...form, version: 2, title: { vi: 'Khai sinh', en: 'Births' } }
  const change = (to: FormDefinition | FormReference) =>
    changeCampaignForm(ledger, { campaignId, form: to })
  t.equal(await codeOf(change({ name: form.name, version: 2 })), 'FORM_UNPUBLISHED')
  const unfit = { code: 'FORM_UNFIT', details: ['/recordsMax must stay 3'] }
  await t.rejects(change({ ...second, recordsMax: 9 }), unfit)
  t.equal(await codeOf(readForm(db, second)), 'NOT_FOUND', 'not published by a refusal')
  const changes = [change(second), change(second)]
  t.same(await Promise.all(changes), Array(2).fill({ form: { name: form.name, version: 2 } }))
  t.same(await factsSaid(db, campaignFormChanged), [{ campaignId, form: second }], 'once')
  t.match(await listCampaigns(db), { campaigns: [{ form: { version: 2 } }] })
  await openCampaign(ledger, campaign)
  t.equal((await factsSaid(db, campaignOpened)).length, 1, 'P1: the same opening, sent again')
  await change({ name: form.name, version: 1 })
  t.match(await factsSaid(db, campaignFormChanged), [{}, { campaignId, form: { version: 1 } }])
  await setPagesAhead(ledger, { campaignId, pagesAhead: 7 })
  await setPagesAhead(ledger, { campaignId, pagesAhead: 7 })
  t.same(
    await factsSaid(db, campaignPagesAheadChanged),
    [{ campaignId, pagesAhead: 7 }],
    'A33: once',
  )
  t.match(await listCampaigns(db), { campaigns: [{ pagesAhead: 7 }] })
  const nowhere = setPagesAhead(ledger, { campaignId: randomUUID(), pagesAhead: null })
  t.equal(await codeOf(nowhere), 'NOT_FOUND')
  const unknown = changeCampaignForm(ledger, { campaignId: randomUUID(), form: second })
  t.equal(await codeOf(unknown), 'NOT_FOUND')
})

t.test('P1: a pair is two people', async (t) => {
  const { ledger } = await openShelf(t)
  const [an = ''] = newPeople(1)
  t.equal(await codeOf(openCampaign(ledger, newCampaign([[an, an.toUpperCase()]]))), 'MALFORMED')
})

t.test('P2: a version of a form never changes', async (t) => {
  const { db, ledger, campaign } = await openShelf(t)
  const { form } = campaign
  const changed = { ...form, recordsMax: form.recordsMax + 1 }
  const next = { ...newCampaign(), form: changed }
  t.equal(await codeOf(openCampaign(ledger, next)), 'FORM_CHANGED')
  t.equal((await factsSaid(db, campaignOpened)).length, 1)
  await openCampaign(ledger, { ...next, form: { ...changed, version: 2 } })
  t.same(await readForm(db, form), form)
  t.same(await readForm(db, { name: form.name, version: 2 }), { ...changed, version: 2 })
  t.equal(await codeOf(readForm(db, { name: form.name, version: 3 })), 'NOT_FOUND')
  await t.rejects(db.updateTable('form').set({ version: 9 }).execute(), { code: 'SN001' })
})

t.test('P3: a book is opened once an id, in a campaign that is there', async (t) => {
  const { db, ledger, campaign, book } = await openShelf(t)
  await Promise.all([openBook(ledger, book), openBook(ledger, book)])
  t.same(await factsSaid(db, bookOpened), [book])
  t.equal(await codeOf(openBook(ledger, { ...book, title: 'Quyển khác' })), 'ALREADY_EXISTS')
  const nowhere = newBook({ campaignId: randomUUID() })
  t.equal(await codeOf(openBook(ledger, nowhere)), 'NOT_FOUND')
  t.match(await listBooks(db, campaign), { books: [{ bookId: book.bookId, pages: 0 }] })
})

t.test(
  'P17: a book has layouts of its form, which can be changed, and is told as often',
  async (t) => {
    const { db, ledger, book: plain } = await openShelf(t)
    const { label } = SMALL_FORM.fields[0] ?? { label: { vi: '', en: '' } }
    const [left, right] = [
      { name: 'left', label },
      { name: 'right', label },
    ]
    const form = { ...SMALL_FORM, name: 'printed', layouts: [left, right] }
    const printed = { ...newCampaign(), form }
    await openCampaign(ledger, printed)
    const book = { ...newBook(printed), layouts: ['left'] }
    const unknown = { code: 'LAYOUT_UNKNOWN', details: ['the form has: left, right'] }
    await t.rejects(openBook(ledger, { ...book, layouts: ['left', 'top'] }), unknown)
    t.match(await listBooks(db, printed), { books: [] }, 'nothing was opened')
    await openBook(ledger, book)
    t.match((await factsSaid(db, bookOpened)).at(-1), book)
    const { bookId, campaignId } = book
    const change = (layouts: string[] | null) => setBookLayouts(ledger, { bookId, layouts })
    await t.rejects(change(['top']), unknown)
    for (const layouts of [['left'], ['left', 'right'], ['left', 'right'], [], null]) {
      await change(layouts)
      const { books } = await listBooks(db, printed)
      t.same(books[0]?.layouts, layouts ?? undefined)
    }
    t.same(
      (await factsSaid(db, bookLayoutsChanged)).map((said) => said.layouts),
      [['left', 'right'], [], null],
      'once each',
    )
    await change(['right'])
    await openBook(ledger, book)
    t.equal((await factsSaid(db, bookOpened)).length, 2, 'P3: the same opening, sent again')
    await changeCampaignForm(ledger, { campaignId, form: { ...form, version: 2, layouts: [left] } })
    t.match(
      await listBooks(db, printed),
      { books: [{ layouts: ['right'] }] },
      'what is lost is seen',
    )
    await t.rejects(change(['left', 'right']), {
      code: 'LAYOUT_UNKNOWN',
      details: ['the form has: left'],
    })
    const bare = setBookLayouts(ledger, { bookId: plain.bookId, layouts: ['left'] })
    await t.rejects(bare, {
      code: 'LAYOUT_UNKNOWN',
      details: ['the form has no layout'],
    })
    t.equal(
      await codeOf(setBookLayouts(ledger, { bookId: randomUUID(), layouts: [] })),
      'NOT_FOUND',
    )
  },
)

t.test('P7: a page is never changed or removed', async (t) => {
  const { db, receive, readFiles, startReading } = await openShelf(t)
  startReading()
  await receive(await newScan(10))
  await readFiles()
  await t.rejects(db.deleteFrom('page').execute(), { code: 'SN001' })
  await t.rejects(db.updateTable('page').set({ sequence: 2 }).execute(), { code: 'SN001' })
})
