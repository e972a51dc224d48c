/** Rule P6 of docs/spec/intake.md: a file that was refused may come again, whatever points to it. */
import { randomUUID } from 'node:crypto'
import type { BookFile } from '@songnhap/contracts'
import { t } from 'tap'
import { listFiles } from '../src/list-files.ts'
import { newScan, newTiff, newZip } from './new-files.ts'
import { codeOf, inShort, openShelf } from './open-shelf.ts'

const nameAndEnd = (file: BookFile) => `${file.name}: ${inShort(file)}`

t.test('P6: what was refused comes again, also where a ZIP held a copy of it', async (t) => {
  const { receive, readFiles, startReading } = await openShelf(t)
  const torn = (await newScan(1)).subarray(0, 90)
  await receive(await newZip({ 'bản sao.png': torn, 'y.png': await newScan(2) }), 'kho.zip')
  // Still waiting when the ZIP is opened.
  const first = await receive(torn, 'x.png')
  const stopReading = startReading()
  await readFiles()
  await stopReading()
  t.match(first, { outcome: 'accepted' })
  t.same(await receive(torn, 'x.png'), first, 'the same file, waiting once more')
  t.match(await receive(torn, 'x.png'), { outcome: 'duplicate' }, 'and once only')
  startReading()
  t.same((await readFiles()).map(nameAndEnd), [
    'kho.zip: unpacked 2',
    'bản sao.png: duplicate',
    'y.png: received 1',
    'x.png: refused FILE_TRUNCATED',
  ])
})

t.test('P6: a ZIP that was refused with some of its files stored comes again', async (t) => {
  const { db, receive, readFiles, startReading } = await openShelf(t)
  const zip = await newZip({ 'a.png': await newScan(3), 'b.png': Buffer.from('chữ') })
  const first = await receive(zip, 'kho.zip')
  startReading()
  await readFiles()
  // As if reading had ended before the ZIP was marked, and its bytes had gone then.
  await db.updateTable('file').set({ state: 'waiting' }).where('name', '=', 'kho.zip').execute()
  const stored = ['a.png: received 1', 'b.png: refused PLAIN_TEXT']
  t.same((await readFiles()).map(nameAndEnd), ['kho.zip: refused FILE_LOST', ...stored])
  t.same(await receive(zip, 'kho.zip'), first)
  t.same((await readFiles()).map(nameAndEnd), [
    ...stored,
    'kho.zip: unpacked 2',
    'a.png: duplicate',
    'b.png: refused PLAIN_TEXT',
  ])
})

t.test('P6: a file refused page by page comes again without its old reasons', async (t) => {
  const { db, receive, readFiles, startReading } = await openShelf(t)
  startReading()
  const torn = (await newTiff([5])).fill(0xff, 8, 16)
  const first = await receive(torn, 'sổ.tif')
  const ends = (await readFiles()).map(inShort)
  t.match(ends, [/^refused FILE_/])
  t.same(await receive(torn, 'sổ.tif'), first)
  t.same((await readFiles()).map(inShort), ends)
  const told = await db.selectFrom('refused_page').select('page_in_file').execute()
  t.same(told, [{ page_in_file: 1 }])
})

t.test(
  'P6: a list goes on behind a file that was sent again; a strange one is refused',
  async (t) => {
    const { db, book, receive, readFiles, startReading } = await openShelf(t)
    startReading()
    const bad = Buffer.from('không phải ảnh')
    const sent = await receive(bad, 'a.jpg')
    if (sent.outcome !== 'accepted') throw new Error('the file was there already')
    await receive(await newScan(4), 'b.png')
    await readFiles()
    const { bookId } = book
    t.match(await listFiles(db, { bookId, after: sent.fileId }), { files: [{ name: 'b.png' }] })
    await receive(bad, 'a.jpg')
    t.same(await listFiles(db, { bookId, after: sent.fileId }), { files: [], more: false })
    t.equal(await codeOf(listFiles(db, { bookId, after: randomUUID() })), 'NOT_FOUND')
    const elsewhere = { bookId: randomUUID(), after: sent.fileId }
    t.equal(await codeOf(listFiles(db, elsewhere)), 'NOT_FOUND')
  },
)
