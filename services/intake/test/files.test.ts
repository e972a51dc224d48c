/** Rules P4–P6 and P8–P10 of docs/spec/intake.md: files come in, and become pages once. */
import { randomUUID } from 'node:crypto'
import { pageReceived } from '@songnhap/contracts'
import { eventually, factsSaid, newBook, newCampaign } from '@songnhap/testkit'
import { t } from 'tap'
import { listBooks, listPages } from '../src/list-holdings.ts'
import { openBook } from '../src/open-book.ts'
import { openCampaign } from '../src/open-campaign.ts'
import { newScan, newTiff, newZip } from './new-files.ts'
import { codeOf, inShort, openShelf } from './open-shelf.ts'

/** On a machine that is busy with much else. */
const READ_WITHIN_MS = 60_000

t.test('P4: pages are numbered in the order of their files, and within a file', async (t) => {
  const { db, campaign, receive, readFiles, startReading } = await openShelf(t)
  await receive(await newScan(1), 'a.png')
  await receive(await newTiff([2, 3]), 'b.tif')
  await receive(await newZip({ '10.png': await newScan(5), '9.png': await newScan(4) }), 'c.zip')
  for (let shade = 6; shade <= 12; shade++) await receive(await newScan(shade), `d${shade}.png`)
  startReading()
  await readFiles()
  const { pages } = await listPages(db, campaign)
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1)
  t.same(
    pages.map(({ sequence }) => sequence),
    numbers,
  )
  const names = pages.map(({ fileName, pageInFile }) => `${fileName} ${pageInFile}`)
  t.same(names.slice(0, 6), ['a.png 1', 'b.tif 1', 'b.tif 2', '9.png 1', '10.png 1', 'd6.png 1'])
  t.same(
    (await factsSaid(db, pageReceived)).map(({ sequence }) => sequence),
    numbers,
  )
  t.match(await listBooks(db, campaign), { books: [{ pages: 12 }] })
})

t.test('P5: the same file comes into its campaign once, however often it is sent', async (t) => {
  const { db, ledger, campaign, book, receive, readFiles, startReading } = await openShelf(t)
  const scan = await newScan(200)
  const together = await Promise.all([receive(scan), receive(scan), receive(scan)])
  const outcomes = together.map(({ outcome }) => outcome).toSorted()
  t.same(outcomes, ['accepted', 'duplicate', 'duplicate'])
  startReading()
  await readFiles()
  const second = newBook(campaign)
  await openBook(ledger, second)
  t.match(await receive(scan, 'lại.png', second.bookId), {
    outcome: 'duplicate',
    of: { bookId: book.bookId, state: { is: 'received' } },
  })
  t.equal((await factsSaid(db, pageReceived)).length, 1)

  const other = newCampaign()
  const otherBook = newBook(other)
  await openCampaign(ledger, other)
  await openBook(ledger, otherBook)
  await receive(scan, 'a.png', otherBook.bookId)
  t.same((await readFiles(otherBook.bookId)).map(inShort), ['received 1'], 'but not of another one')
})

t.test('P5: two pages of a file that look the same are two pages', async (t) => {
  const { receive, readFiles, startReading } = await openShelf(t)
  startReading()
  await receive(await newTiff([9, 9, 9]))
  t.same((await readFiles()).map(inShort), ['received 3'])
})

t.test('P6: a file that cannot be read leaves its reason and no page', async (t) => {
  const { db, campaign, receive, readFiles, startReading } = await openShelf(t)
  startReading()
  const scan = await newScan(90)
  await receive(Buffer.from('không phải ảnh'), 'a.jpg')
  await receive(scan.subarray(0, scan.length - 30), 'b.png')
  await receive(scan, 'c.png')
  const refusals = ['refused PLAIN_TEXT', 'refused FILE_TRUNCATED', 'received 1']
  t.same((await readFiles()).map(inShort), refusals)
  t.equal(await codeOf(receive(scan, 'd.png', randomUUID())), 'NOT_FOUND', 'nor one for no book')
  t.match((await listPages(db, campaign)).pages, [{ sequence: 1, fileName: 'c.png' }])
  t.equal((await factsSaid(db, pageReceived)).length, 1)

  await receive(Buffer.from('không phải ảnh'), 'a.jpg')
  t.same((await readFiles()).map(inShort).toSorted(), refusals.toSorted(), 'sent again, once more')
})

t.test('P8: reading that was broken off goes on, and doubles nothing', async (t) => {
  const { db, campaign, receive, readFiles, startReading } = await openShelf(t)
  await receive(await newTiff(Array.from({ length: 24 }, (_, index) => index)))
  const pagesIn = async () => (await listPages(db, campaign)).pages
  for (const breakAt of [1, 8, 16]) {
    const stopReading = startReading()
    await eventually(pagesIn, (pages) => pages.length >= breakAt, READ_WITHIN_MS)
    await stopReading()
    t.ok((await pagesIn()).length < 24, 'it was in the middle')
  }
  startReading()
  await readFiles()
  t.same(
    (await pagesIn()).map(({ pageInFile }) => pageInFile),
    Array.from({ length: 24 }, (_, index) => index + 1),
  )
})

t.test('P9: pages that can be read come in, and the file names the others', async (t) => {
  const { receive, readFiles, startReading } = await openShelf(t)
  startReading()
  const whole = await newTiff([1, 2, 3])
  // The packed pixels of the first page stand right behind the head.
  const torn = Buffer.from(whole).fill(0xff, 8, 16)
  await receive(torn, 'rách.tif')
  const [file] = await readFiles()
  t.match(file?.state, { is: 'received', pages: 2, refused: 1 })
  t.match(file?.state, { refusedPages: [{ pageInFile: 1 }] })
})

t.test('P10: each file in a ZIP has its own outcome', async (t) => {
  const { receive, readFiles, startReading } = await openShelf(t)
  startReading()
  const scan = await newScan(7)
  const zip = await newZip({
    'sổ 1/trang 1.png': scan,
    'sổ 1/trang 2.png': scan,
    'sổ 1/.ẩn': scan,
    'trong.zip': await newZip({ 'a.png': scan }),
    'trống.png': Buffer.alloc(0),
    'xấu.jpg': Buffer.from('chữ'),
    'đầy.png': Buffer.alloc(20_000_000),
  })
  await receive(zip, 'kho.zip')
  const files = await readFiles()
  t.same(
    files.map((file) => `${file.name}: ${inShort(file)}`),
    [
      'kho.zip: unpacked 6',
      'đầy.png: refused ZIP_EXPANDS',
      'sổ 1/trang 1.png: received 1',
      'sổ 1/trang 2.png: duplicate',
      'trong.zip: refused ZIP_NESTED',
      'trống.png: refused FILE_EMPTY',
      'xấu.jpg: refused PLAIN_TEXT',
    ],
  )
  t.match(await receive(zip, 'kho.zip'), { outcome: 'duplicate' })
})

t.test('P10: a ZIP that is an office document, empty or torn is refused whole', async (t) => {
  const { receive, readFiles, startReading } = await openShelf(t)
  startReading()
  await receive(await newZip({ '[Content_Types].xml': Buffer.from('<Types/>') }), 'a.docx')
  await receive(await newZip({}), 'b.zip')
  await receive((await newZip({ 'c.png': await newScan(1) })).subarray(0, 100), 'c.zip')
  t.same((await readFiles()).map(inShort), [
    'refused OFFICE_DOCUMENT',
    'refused ZIP_EMPTY',
    'refused FILE_TRUNCATED',
  ])
})

t.test('P10: what is locked, or would lie elsewhere, is refused by itself', async (t) => {
  const { receive, readFiles, startReading } = await openShelf(t)
  startReading()
  const names = ['../kho.png', 'khóa.png', 'sổ.png']
  await receive(await newSpoiltZip(names, await newScan(8)), 'kho.zip')
  t.same(
    (await readFiles()).map((file) => `${file.name}: ${inShort(file)}`),
    [
      'kho.zip: unpacked 3',
      '../kho.png: refused ZIP_PATH',
      'khóa.png: refused ZIP_LOCKED',
      'sổ.png: received 1',
    ],
  )
})

t.test('P10: a ZIP of too many files is refused whole', async (t) => {
  const { receive, readFiles, startReading } = await openShelf(t)
  startReading({ entriesMax: 2 })
  const scan = await newScan(1)
  await receive(await newZip({ '1.png': scan, '2.png': scan, '3.png': scan }), 'kho.zip')
  t.same((await readFiles()).map(inShort), ['refused ZIP_TOO_MANY'])
})

/** Leads out of its folder and is locked where the name says so, as no honest program writes it. */
async function newSpoiltZip(names: readonly string[], scan: Buffer): Promise<Buffer> {
  const honest = (name: string) => name.replace('..', '__')
  const zip = await newZip(Object.fromEntries(names.map((name) => [honest(name), scan])))
  for (const name of names) {
    // Once in front of the file, and once in the directory at the end.
    for (const [flagsBefore, from] of [
      [24, 0],
      [38, zip.lastIndexOf(honest(name))],
    ] as const) {
      const at = zip.indexOf(honest(name), from)
      zip.write(name, at)
      if (name.startsWith('khóa'))
        zip.writeUInt16LE(zip.readUInt16LE(at - flagsBefore) | 1, at - flagsBefore)
    }
  }
  return zip
}
