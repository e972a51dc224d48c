/** Rules P1–P7 of docs/spec/intake.md: campaigns, books and pages come in once. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { bookOpened, campaignOpened, Problem, pageReceived } from '@songnhap/contracts'
import { openLedger } from '@songnhap/database'
import { openImageStore } from '@songnhap/images'
import { factsSaid, newBook, newCampaign, newPeople, testDatabase } from '@songnhap/testkit'
import sharp from 'sharp'
import { type Test, t } from 'tap'
import { listBooks, listCampaigns, listPages } from '../src/list-holdings.ts'
import { openBook } from '../src/open-book.ts'
import { openCampaign, readForm } from '../src/open-campaign.ts'
import { receivePage } from '../src/receive-page.ts'
import type { DB } from '../src/schema.gen.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const SCAN_BYTES_MAX = 1_000_000

async function openShelf(t: Test) {
  const { db } = await testDatabase<DB>(t, 'intake', MIGRATIONS)
  const ledger = openLedger(db, () => {})
  const images = await openImageStore(t.testdir())
  const campaign = newCampaign()
  const book = newBook(campaign)
  await openCampaign(ledger, campaign)
  await openBook(ledger, book)
  return {
    db,
    ledger,
    campaign,
    book,
    /** Uploads a file into a book. */
    async receive(bytes: Uint8Array, bookId = book.bookId) {
      const { sha256 } = await images.receive(Readable.from([bytes]), SCAN_BYTES_MAX)
      return await receivePage(db, ledger, images, { bookId, fileName: 'trang.png', sha256 })
    },
  }
}

/** A scan of its own for each shade. */
async function newScan(shade: number): Promise<Buffer> {
  const background = { r: shade, g: shade, b: shade }
  return await sharp({ create: { width: 60, height: 80, channels: 3, background } })
    .png()
    .toBuffer()
}

async function codeOf(doing: Promise<unknown>): Promise<string> {
  try {
    await doing
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  throw new Error('it was not refused')
}

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

t.test('P4: pages are numbered 1, 2, 3, … also when they come at once', async (t) => {
  const { db, campaign, book, receive } = await openShelf(t)
  const scans = await Promise.all(Array.from({ length: 12 }, (_, index) => newScan(index)))
  const received = await Promise.all(scans.map((scan) => receive(scan)))
  t.ok(received.every(({ outcome }) => outcome === 'received'))
  const numbers = received.map(({ page }) => page.sequence).toSorted((a, b) => a - b)
  t.same(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  const said = await factsSaid(db, pageReceived)
  t.equal(said.length, 12)
  t.ok(said.every(({ bookId }) => bookId === book.bookId))
  t.ok(said.every(({ campaignId }) => campaignId === campaign.campaignId))
  const { pages, more } = await listPages(db, campaign)
  t.same([pages.map(({ sequence }) => sequence), more], [numbers, false], 'in order of arrival')
  t.match(await listBooks(db, campaign), { books: [{ pages: 12 }] })
})

t.test('P5: the same scan is one page of its campaign, however often it comes', async (t) => {
  const { db, ledger, campaign, book, receive } = await openShelf(t)
  const scan = await newScan(200)
  const together = await Promise.all([receive(scan), receive(scan), receive(scan)])
  const outcomes = together.map(({ outcome }) => outcome).toSorted()
  t.same(outcomes, ['duplicate', 'duplicate', 'received'])
  t.equal(new Set(together.map(({ page }) => page.pageId)).size, 1, 'with the page that it is')

  const second = newBook(campaign)
  await openBook(ledger, second)
  t.match(await receive(scan, second.bookId), {
    outcome: 'duplicate',
    page: { bookId: book.bookId, sequence: 1 },
  })
  t.equal((await factsSaid(db, pageReceived)).length, 1)

  const other = newCampaign()
  const otherBook = newBook(other)
  await openCampaign(ledger, other)
  await openBook(ledger, otherBook)
  t.match(await receive(scan, otherBook.bookId), { outcome: 'received' }, 'but not of another one')
})

t.test('P6: a file that is no page image leaves no page and no fact', async (t) => {
  const { db, campaign, receive } = await openShelf(t)
  const scan = await newScan(90)
  t.equal(await codeOf(receive(Buffer.from('not an image'))), 'IMAGE_KIND_UNKNOWN')
  t.equal(await codeOf(receive(scan.subarray(0, scan.length - 30))), 'IMAGE_UNREADABLE')
  t.equal(await codeOf(receive(scan, randomUUID())), 'NOT_FOUND', 'nor one for no book')
  t.same(await listPages(db, campaign), { pages: [], more: false })
  t.same(await factsSaid(db, pageReceived), [])
  t.match(await receive(scan), { page: { sequence: 1 } }, 'and no hole in the numbers')
})

t.test('P7: a page is never changed or removed', async (t) => {
  const { db, receive } = await openShelf(t)
  await receive(await newScan(10))
  await t.rejects(db.deleteFrom('page').execute(), { code: 'SN001' })
  await t.rejects(db.updateTable('page').set({ sequence: 2 }).execute(), { code: 'SN001' })
})
