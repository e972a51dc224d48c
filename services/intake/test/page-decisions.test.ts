/** Rules P15 and P16 of docs/spec/intake.md: what supervisors decide about a page. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pageReceived, pageRestored, pageSetAside } from '@songnhap/contracts'
import { factsSaid, newPeople } from '@songnhap/testkit'
import { t } from 'tap'
import { findPageImage } from '../src/find-page-image.ts'
import { listBooks, listPages } from '../src/list-holdings.ts'
import { listPagesAside } from '../src/list-pages-aside.ts'
import { replacePage } from '../src/replace-page.ts'
import { restorePage, setPageAside } from '../src/set-page-aside.ts'
import { newScan, newTiff } from './new-files.ts'
import { codeOf, inShort, openShelf } from './open-shelf.ts'

const BYTES_MAX = 10_000_000

t.test(
  'P15: a page is set aside with a reason, and put back; what contradicts it meanwhile is refused',
  async (t) => {
    const { db, ledger, images, campaign, book, ...shelf } = await openShelf(t)
    const { receive, readFiles, startReading } = shelf
    startReading()
    await receive(await newScan(1))
    await readFiles()
    const [page] = await factsSaid(db, pageReceived)
    if (page === undefined) throw new Error('no page')
    const { pageId } = page
    const { bookId } = book
    const { campaignId } = campaign
    const [sam = '', tho = ''] = newPeople(2)
    const by = { pageId, personId: sam }
    const asides = async () => (await listPagesAside(db, { campaignId })).pages
    await restorePage(ledger, by)
    t.same(await factsSaid(db, pageRestored), [], 'it is in its book anyway')

    const twice = { reason: 'photographed-twice', note: 'như trang 3' } as const
    await setPageAside(ledger, { ...by, ...twice })
    await setPageAside(ledger, { ...by, ...twice })
    t.same(await factsSaid(db, pageSetAside), [
      { pageId, bookId, campaignId, personId: sam, ...twice },
    ])
    t.match(await asides(), [
      { pageId, bookTitle: book.title, sequence: 1, personId: sam, ...twice },
    ])
    const otherwise = { pageId, personId: tho, reason: 'not-part-of-book' } as const
    t.equal(await codeOf(setPageAside(ledger, otherwise)), 'PAGE_SET_ASIDE')
    const { sha256 } = await images.receive(Readable.from([await newScan(2)]), BYTES_MAX)
    const better = { pageId, personId: tho, fileName: 'nét.png', sha256 }
    t.equal(await codeOf(replacePage(db, images, better)), 'PAGE_SET_ASIDE')
    t.match(await asides(), [{ personId: sam, ...twice }], 'it stays as it was decided')
    await restorePage(ledger, { pageId, personId: tho })
    t.same(await asides(), [])
    t.same(await factsSaid(db, pageRestored), [{ pageId, bookId, campaignId, personId: tho }])
    const unknown = { pageId: randomUUID(), personId: sam }
    t.equal(await codeOf(setPageAside(ledger, { ...unknown, ...twice })), 'NOT_FOUND')
    t.equal(await codeOf(findPageImage(db, unknown)), 'NOT_FOUND')
  },
)

t.test('P16: a page is replaced by a file of one page, at its place, for good', async (t) => {
  const shelf = await openShelf(t)
  const { db, ledger, images, campaign, receive, readFiles, startReading } = shelf
  startReading()
  await receive(await newTiff([1, 2]), 'sổ.tif')
  await readFiles()
  const [first, second] = await factsSaid(db, pageReceived)
  if (first === undefined || second === undefined) throw new Error('two pages')
  const { pageId } = first
  const [sam = ''] = newPeople(1)
  const replace = async (bytes: Buffer, fileName: string) => {
    const { sha256 } = await images.receive(Readable.from([bytes]), BYTES_MAX)
    return await replacePage(db, images, { pageId, personId: sam, note: 'mờ', fileName, sha256 })
  }
  const better = await newScan(9)
  await replace(await newTiff([3, 4]), 'hai.tif')
  await replace(better.subarray(0, 60), 'cụt.png')
  await replace(better, 'nét.png')
  await replace(await newScan(10), 'nữa.png')
  const files = await readFiles()
  t.same(files.map((file) => `${file.name}: ${inShort(file)}`).slice(1), [
    'hai.tif: refused FILE_NOT_ONE_PAGE',
    'cụt.png: refused FILE_DAMAGED',
    'nét.png: received 1',
    'nữa.png: refused PAGE_REPLACED',
  ])
  t.same([...new Set(files.map(({ replaces }) => replaces))], [undefined, pageId], 'said what for')
  const { 2: page, length } = await factsSaid(db, pageReceived)
  t.equal(length, 3)
  t.match(page, { sequence: 1, bookId: first.bookId })
  t.not((await findPageImage(db, page ?? first)).sha256, first.imageSha256)
  t.equal((await findPageImage(db, { pageId })).sha256, first.imageSha256, 'the old one is kept')
  t.match(await factsSaid(db, pageSetAside), [
    { pageId, personId: sam, reason: 'replaced', note: 'mờ', replacedBy: page?.pageId },
  ])
  t.match(await listBooks(db, campaign), { books: [{ pages: 2 }] }, 'no page more')
  const sequences = (await listPages(db, campaign)).pages.map(({ sequence }) => sequence)
  t.same(sequences, [1, 2, 1])

  t.equal(await codeOf(restorePage(ledger, { pageId, personId: sam })), 'PAGE_REPLACED')
  const aside = setPageAside(ledger, { pageId, personId: sam, reason: 'other' })
  t.equal(await codeOf(aside), 'PAGE_REPLACED')
  t.equal(await codeOf(replace(await newScan(11), 'lại.png')), 'PAGE_REPLACED')
  t.match(await receive(better, 'nét.png'), { outcome: 'duplicate' })
})
