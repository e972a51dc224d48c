/** Rules P6, P8 and P12 of docs/spec/intake.md: what is read when, and what may pass. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, utimes } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pageReceived } from '@songnhap/contracts'
import { eventually, factsSaid, newBook } from '@songnhap/testkit'
import { pino } from 'pino'
import { t } from 'tap'
import { openBooksInTurn } from '../src/books-in-turn.ts'
import { listPages } from '../src/list-holdings.ts'
import { openBook } from '../src/open-book.ts'
import { sweepStore } from '../src/sweep-store.ts'
import { newScan, newTiff } from './new-files.ts'
import { inShort, openShelf } from './open-shelf.ts'

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

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

t.test('P12: the book that has waited longest is read next', async (t) => {
  const { db, ledger, campaign, receive } = await openShelf(t)
  const open = Array.from({ length: 7 }, () => newBook(campaign))
  for (const book of open) await openBook(ledger, book)
  const send = async (index: number) =>
    receive(await newScan(index), 'trang.png', open[index]?.bookId ?? '')
  for (const index of [0, 1, 2, 3, 4, 5]) await send(index)
  const books = openBooksInTurn(1_000)
  const begun: number[] = []
  const begin = async (booksMax: number) => {
    for (const bookId of await books.next(db, booksMax)) {
      begun.push(open.findIndex((book) => book.bookId === bookId))
      books.begin(bookId)
    }
  }
  await begin(4)
  for (const index of [0, 1, 2, 3]) {
    await books.madeRoom(open[index]?.bookId ?? '', db)
    await begin(1)
  }
  await send(6)
  for (const index of [0, 4]) {
    await books.madeRoom(open[index]?.bookId ?? '', db)
    await begin(1)
  }
  t.same(begun, [0, 1, 2, 3, 4, 5, 0, 1, 2, 3])
  t.equal(await books.isAwaited(db), true)
  await begin(3)
  t.same(begun.slice(-3), [6, 0, 4], 'what came first, and then what made room')
  t.equal(await books.isAwaited(db), false)
})

t.test('P6: a file that the disk does not give is refused at last, and told once', async (t) => {
  const { images, logged, receive, readFiles, startReading } = await openShelf(t)
  const scan = await newScan(1)
  await receive(scan, 'a.png')
  await receive(await newScan(2), 'b.png')
  const path = await images.pathOfFile(hashOf(scan))
  await rm(path)
  // It is opened like a file, and then every read of it fails.
  await mkdir(path)
  startReading({}, { pauseMs: 1 })
  t.same((await readFiles()).map(inShort), ['refused FILE_UNREADABLE', 'received 1'])
  t.equal(logged.filter((line) => line.includes('a file is given up')).length, 1)
  t.ok(logged.length <= 3, `told ${logged.length} times`)
})

t.test('I10: a file that was kept for nobody is forgotten after a day', async (t) => {
  const { db, images, receive } = await openShelf(t)
  const stray = await images.receive(Readable.from([await newScan(1)]), 10_000)
  await images.keepFile(stray.sha256)
  const wanted = await newScan(2)
  await receive(wanted)
  const hashes = [stray.sha256, hashOf(wanted)]
  const paths = await Promise.all(hashes.map((sha256) => images.pathOfFile(sha256)))
  const longAgo = new Date(Date.now() - 25 * 3_600_000)
  for (const path of paths) await utimes(path, longAgo, longAgo)
  const stop = new AbortController()
  const sweeping = sweepStore(db, images, pino({ level: 'silent' })).run(stop.signal)
  const isKept = (sha256 = '') =>
    images.pathOfFile(sha256).then(
      () => true,
      () => false,
    )
  await eventually(
    () => isKept(hashes[0]),
    (kept) => !kept,
  )
  t.ok(await isKept(hashes[1]))
  stop.abort()
  await sweeping
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
