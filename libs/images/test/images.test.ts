/** Rules I1–I3 and I5–I10 of docs/spec/images.md. */
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { IMAGE_SIZES } from '@songnhap/contracts'
import sharp from 'sharp'
import { t } from 'tap'
import { openImageStore } from '../src/index.ts'
import {
  BYTES_MAX,
  blank,
  drawPage,
  filesIn,
  hashOf,
  keepPicture,
  newDesk,
  receive,
  receiveAndKeep,
  refuses,
} from './open-desk.ts'

const HOUR_MS = 3_600_000

t.test(
  'I1: an image is kept under the SHA-256 of its bytes and comes back unchanged',
  async (t) => {
    const desk = await newDesk(t)
    const { store } = desk
    const page = await blank(300, 400).jpeg().toBuffer()
    const halves = [page.subarray(0, 500), page.subarray(500)]
    const received = await store.receive(Readable.from(halves), BYTES_MAX)
    t.same(received, { sha256: hashOf(page), bytes: page.length })
    t.equal(await store.has(received.sha256), false, 'received is not kept')

    await store.keepFile(received.sha256)
    t.equal(await store.has(received.sha256), false, 'a kept file is not a page yet')
    const facts = await keepPicture(desk, received.sha256)
    t.same(facts, { ...received, format: 'jpeg', width: 300, height: 400 })
    t.equal(await store.has(received.sha256), true)

    const original = await store.open(received.sha256, 'original')
    t.match(original, { bytes: page.length, contentType: 'image/jpeg' })
    t.ok(page.equals(await buffer(original.stream)))
  },
)

t.test('I1: what is not kept is not found; what is no hash is refused', async (t) => {
  const desk = await newDesk(t)
  const { store } = desk
  const absent = hashOf(Buffer.from('absent'))
  for (const size of IMAGE_SIZES) await t.rejects(store.open(absent, size), { code: 'NOT_FOUND' })
  await t.rejects(store.keepFile(absent), { code: 'NOT_FOUND' })
  await t.rejects(store.pathOfFile(absent), { code: 'FILE_LOST' })
  await t.rejects(store.open('../../secret', 'original'), { code: 'MALFORMED' })
  await t.rejects(store.keepFile('../../secret'), { code: 'MALFORMED' })
  await t.rejects(store.discard('../../secret'), { code: 'MALFORMED' })
})

t.test('I2: a stream over the limit is refused and stopped, and leaves nothing', async (t) => {
  const desk = await newDesk(t)
  const { folder, store } = desk
  const source = Readable.from([Buffer.alloc(600), Buffer.alloc(600), Buffer.alloc(600)])
  await t.rejects(store.receive(source, 1000), { code: 'FILE_TOO_LARGE' })
  t.equal(source.destroyed, true)
  t.same(await filesIn(folder), [])
})

t.test('I2: a stream that breaks off throws its own error and leaves nothing', async (t) => {
  const desk = await newDesk(t)
  const { folder, store } = desk
  async function* torn() {
    yield Buffer.alloc(600)
    throw new Error('connection lost')
  }
  await t.rejects(store.receive(torn(), BYTES_MAX), { message: 'connection lost' })
  t.same(await filesIn(folder), [])
})

t.test('I3: the same bytes twice, at once and again, are one image', async (t) => {
  const desk = await newDesk(t)
  const second = { ...desk, store: await openImageStore(desk.folder) }
  const page = await (await drawPage(800, 1200)).jpeg().toBuffer()
  const first = await receiveAndKeep(desk, page)
  t.same(await receiveAndKeep(desk, page), first, 'when it is sent again')
  t.same(await keepPicture(desk, hashOf(page)), first, 'when it is read again')
  t.same(await receiveAndKeep(second, page), first, 'when another process keeps it')
  t.equal((await filesIn(desk.folder)).length, IMAGE_SIZES.length)
})

t.test('I5: an image that ends too early is refused with the reason', async (t) => {
  const page = await drawPage(800, 1200)
  // Large enough to be shrunk while it is decoded, which reads the file in another way.
  const large = await drawPage(2480, 3508)
  const wholes = [
    large.jpeg(),
    page.clone().jpeg({ progressive: true }),
    page.clone().png(),
    page.clone().webp(),
  ]
  const desk = await newDesk(t)
  for (const image of wholes) {
    const whole = await image.toBuffer()
    for (const bytes of [Math.floor(whole.length / 2), whole.length - 100]) {
      await refuses(t, desk, whole.subarray(0, bytes), 'FILE_TRUNCATED')
    }
  }
})

t.test('I5: a head without an image is refused', async (t) => {
  const head = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('not a picture')])
  await refuses(t, await newDesk(t), head, 'FILE_TRUNCATED')
})

t.test('I6: an image of too many pixels is refused, however small its file', async (t) => {
  const huge = await blank(16_000, 16_000).png({ compressionLevel: 9 }).toBuffer()
  t.ok(huge.length < BYTES_MAX)
  await refuses(t, await newDesk(t), huge, 'IMAGE_TOO_LARGE')
})

t.test('I7: what is seen is upright, and measured as it is seen', async (t) => {
  const desk = await newDesk(t)
  const { store } = desk
  const turned = await blank(400, 300).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  t.match(await receiveAndKeep(desk, turned), { width: 300, height: 400 })
  for (const size of ['display', 'thumbnail'] as const) {
    const { stream } = await store.open(hashOf(turned), size)
    const { width, height, orientation } = await sharp(await buffer(stream)).metadata()
    t.ok(width < height, size)
    t.equal(orientation, undefined)
  }
})

t.test('I8: the copies of a scanned page are small enough for a slow line', async (t) => {
  const desk = await newDesk(t)
  const { store } = desk
  const page = await (await drawPage(2480, 3508)).jpeg({ quality: 92 }).toBuffer()
  await receiveAndKeep(desk, page)

  const display = await store.open(hashOf(page), 'display')
  t.equal(display.contentType, 'image/webp')
  t.ok(display.bytes > 20_000 && display.bytes < 160_000, `display copy: ${display.bytes} bytes`)
  t.match(await sharp(await buffer(display.stream)).metadata(), { width: 1240, height: 1754 })

  const thumbnail = await store.open(hashOf(page), 'thumbnail')
  t.ok(thumbnail.bytes < 15_000, `thumbnail: ${thumbnail.bytes} bytes`)
  t.match(await sharp(await buffer(thumbnail.stream)).metadata(), { height: 320 })
})

t.test('I8: a small image is not enlarged, and a transparent one gets white paper', async (t) => {
  const desk = await newDesk(t)
  const { store } = desk
  const create = { width: 30, height: 20, channels: 4, background: '#0000' } as const
  const clear = await sharp({ create }).png().toBuffer()
  await receiveAndKeep(desk, clear)
  const { stream } = await store.open(hashOf(clear), 'display')
  const copy = sharp(await buffer(stream))
  t.match(await copy.metadata(), { width: 30, height: 20, hasAlpha: false })
  t.same([...(await copy.raw().toBuffer()).subarray(0, 3)], [255, 255, 255])
})

t.test('I9: what is discarded is forgotten, what is kept stays', async (t) => {
  const desk = await newDesk(t)
  const { folder, store } = desk
  const page = await blank(30, 20).png().toBuffer()
  const { sha256 } = await receive(store, page)
  await store.discard(sha256)
  t.same(await filesIn(folder), [])
  await store.discard(sha256)

  await receive(store, page)
  await receive(store, page)
  await store.discard(sha256)
  await store.keepFile(sha256)
  t.equal((await filesIn(folder)).length, 1, 'each forgets and keeps only what it sent itself')
  await store.forgetFile(sha256)

  await receiveAndKeep(desk, page)
  await store.discard(sha256)
  t.equal(await store.has(sha256), true)
})

t.test(
  'I10: opening the store sweeps what a crash left, and nothing that is in work',
  async (t) => {
    const desk = await newDesk(t)
    const { folder, store } = desk
    const incoming = join(folder, 'incoming')
    const kept = await receiveAndKeep(desk, await blank(30, 20).png().toBuffer())
    const received = await receive(store, await blank(31, 20).png().toBuffer())
    const aged = { 'old.part': 2, 'new.part': 0, [hashOf(Buffer.from('abandoned'))]: 25 }
    for (const [name, hours] of Object.entries(aged)) {
      const moment = new Date(Date.now() - hours * HOUR_MS)
      await writeFile(join(incoming, name), 'half')
      await utimes(join(incoming, name), moment, moment)
    }

    await store.sweep()
    const reopened = await openImageStore(folder)
    const left = (await readdir(incoming)).map((name) => name.replace(/\..*-.*/, ''))
    t.same(left.sort(), [received.sha256, 'new.part'].sort())
    t.equal(await reopened.has(kept.sha256), true)
    await reopened.keepFile(received.sha256)
    t.match(await keepPicture(desk, received.sha256), { width: 31 })
  },
)

t.test('I10: an image half kept when the machine stopped is kept by the next try', async (t) => {
  const desk = await newDesk(t)
  const { folder, store } = desk
  const page = await blank(30, 20).png().toBuffer()
  const { sha256 } = await receive(store, page)
  const half = join(folder, 'display', sha256.slice(0, 2))
  await mkdir(half)
  await writeFile(join(half, sha256), 'half')
  t.equal(await store.has(sha256), false, 'copies alone keep nothing')

  await store.keepFile(sha256)
  await keepPicture(desk, sha256)
  const { stream } = await store.open(sha256, 'display')
  t.match(await sharp(await buffer(stream)).metadata(), { width: 30, format: 'webp' })
})
