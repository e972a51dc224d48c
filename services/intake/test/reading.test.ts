/** Rules P6, P8 and P12 of docs/spec/intake.md: what is read when, and what may pass. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { pageReceived } from '@songnhap/contracts'
import { eventually, factsSaid, newBook } from '@songnhap/testkit'
import { t } from 'tap'
import { listPages } from '../src/list-holdings.ts'
import { openBook } from '../src/open-book.ts'
import { newScan, newTiff } from './new-files.ts'
import { inShort, openShelf } from './open-shelf.ts'

t.test('P12: a fifth book is read while four long ones are', async (t) => {
  const { db, ledger, images, campaign, receive, readFiles, startReading } = await openShelf(t)
  const books = Array.from({ length: 5 }, () => newBook(campaign))
  for (const book of books) await openBook(ledger, book)
  const [fifth, ...long] = books.map(({ bookId }) => bookId)
  let shade = 0
  const shades = (count: number) => Array.from({ length: count }, () => shade++)
  for (const bookId of long) {
    await receive(await newTiff(shades(8)), 'sổ.tif', bookId)
    for (const one of shades(3)) await receive(await newScan(one), `${one}.png`, bookId)
  }
  await receive(await newScan(200), 'trang.png', fifth)
  startReading({}, { pagesATurn: 2 })
  for (const bookId of books.map((book) => book.bookId)) await readFiles(bookId)
  const said = (await factsSaid(db, pageReceived)).map(({ bookId }) => bookId)
  t.equal(said.length, 45)
  t.ok(said.indexOf(fifth ?? '') < 20, `it came as number ${said.indexOf(fifth ?? '')}`)
  const { pages } = await listPages(db, campaign)
  for (const bookId of long) {
    const names = pages.filter((page) => page.bookId === bookId).map(({ fileName }) => fileName)
    t.same(names.slice(0, 8), Array(8).fill('sổ.tif'), 'each in its own order')
  }
  t.same(await readdir(images.incoming), [], 'nothing that was made in vain stays')
})

t.test('P6: a file that the disk does not give is refused at last, and told once', async (t) => {
  const { images, logged, receive, readFiles, startReading } = await openShelf(t)
  const scan = await newScan(1)
  await receive(scan, 'a.png')
  await receive(await newScan(2), 'b.png')
  const sha256 = createHash('sha256').update(scan).digest('hex')
  const path = await images.pathOfFile(sha256)
  await rm(path)
  // It is opened like a file, and then every read of it fails.
  await mkdir(path)
  startReading({}, { pauseMs: 1 })
  t.same((await readFiles()).map(inShort), ['refused FILE_UNREADABLE', 'received 1'])
  t.equal(logged.filter((line) => line.includes('a file is given up')).length, 1)
  t.ok(logged.length <= 3, `told ${logged.length} times`)
})

t.test('P8: a file is not given up since the machine is slow after a restart', async (t) => {
  const { db, campaign, logged, receive, readFiles, startReading } = await openShelf(t)
  await receive(await newTiff(Array.from({ length: 24 }, (_, index) => index)))
  const pagesIn = async () => (await listPages(db, campaign)).pages.length
  let stopReading = startReading()
  await eventually(pagesIn, (pages) => pages > 0)
  await stopReading()
  stopReading = startReading({ pageSecondsMax: 0.001 }, { pauseMs: 60_000 })
  const isTold = (lines: string[]) => lines.some((line) => line.includes('FILE_TOO_SLOW'))
  await eventually(() => logged, isTold)
  await stopReading()
  t.ok((await pagesIn()) < 24)
  startReading()
  t.same((await readFiles()).map(inShort), ['received 24'])
})
