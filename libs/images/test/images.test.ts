import { createHash } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { IMAGE_SIZES } from '@songnhap/contracts'
import sharp, { type Sharp } from 'sharp'
import { type Test, t } from 'tap'
import { type ImageStore, openImageStore } from '../src/index.ts'

const BYTES_MAX = 10_000_000
const HOUR_MS = 3_600_000

async function newStore(t: Test) {
  const folder = t.testdir()
  return { folder, store: await openImageStore(folder) }
}

function blank(width: number, height: number): Sharp {
  const create = { width, height, channels: 3, background: '#f4efe1' } as const
  return sharp({ create, limitInputPixels: false })
}

/** Lines of strokes on grainy paper, as heavy to compress as a written page. */
async function drawPage(width: number, height: number): Promise<Sharp> {
  const line = (y: number) => {
    const strokes = Array.from({ length: 90 }, (_, i) => `q6,${-22 - ((i * y) % 17)} 14,${i % 5}`)
    return `<path d="M150 ${y}${strokes.join('')}" fill="none" stroke="#223" stroke-width="3"/>`
  }
  const lines = Array.from({ length: 40 }, (_, i) => line(200 + i * Math.floor(height / 44)))
  const ink = Buffer.from(`<svg width="${width}" height="${height}">${lines.join('')}</svg>`)
  const grain = { type: 'gaussian', mean: 225, sigma: 6 } as const
  return sharp({
    create: { width, height, channels: 3, noise: grain, background: 'white' },
  }).composite([{ input: ink }])
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function receive(store: ImageStore, bytes: Uint8Array) {
  return store.receive(Readable.from([bytes]), BYTES_MAX)
}

async function receiveAndKeep(store: ImageStore, bytes: Uint8Array) {
  const { sha256 } = await receive(store, bytes)
  return store.keep(sha256)
}

/** Every file below a folder; without them, nothing was left behind. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

async function refuses(t: Test, bytes: Uint8Array, problem: { code: string; details?: string[] }) {
  const { folder, store } = await newStore(t)
  await t.rejects(receiveAndKeep(store, bytes), problem)
  t.same(await filesIn(folder), [], 'nothing is left behind')
  t.equal(await store.has(hashOf(bytes)), false)
}

t.test(
  'I1: an image is kept under the SHA-256 of its bytes and comes back unchanged',
  async (t) => {
    const { store } = await newStore(t)
    const page = await blank(300, 400).jpeg().toBuffer()
    const halves = [page.subarray(0, 500), page.subarray(500)]
    const received = await store.receive(Readable.from(halves), BYTES_MAX)
    t.same(received, { sha256: hashOf(page), bytes: page.length })
    t.equal(await store.has(received.sha256), false, 'received is not kept')

    const facts = await store.keep(received.sha256)
    t.same(facts, { ...received, format: 'jpeg', width: 300, height: 400 })
    t.equal(await store.has(received.sha256), true)

    const original = await store.open(received.sha256, 'original')
    t.match(original, { bytes: page.length, contentType: 'image/jpeg' })
    t.ok(page.equals(await buffer(original.stream)))
  },
)

t.test('I1: what is not kept is not found; what is no hash is refused', async (t) => {
  const { store } = await newStore(t)
  const absent = hashOf(Buffer.from('absent'))
  for (const size of IMAGE_SIZES) await t.rejects(store.open(absent, size), { code: 'NOT_FOUND' })
  await t.rejects(store.keep(absent), { code: 'NOT_FOUND' })
  await t.rejects(store.open('../../secret', 'original'), { code: 'MALFORMED' })
  await t.rejects(store.keep('../../secret'), { code: 'MALFORMED' })
  await t.rejects(store.discard('../../secret'), { code: 'MALFORMED' })
})

t.test('I2: a stream over the limit is refused and stopped, and leaves nothing', async (t) => {
  const { folder, store } = await newStore(t)
  const source = Readable.from([Buffer.alloc(600), Buffer.alloc(600), Buffer.alloc(600)])
  await t.rejects(store.receive(source, 1000), { code: 'IMAGE_TOO_LARGE' })
  t.equal(source.destroyed, true)
  t.same(await filesIn(folder), [])
})

t.test('I2: a stream that breaks off throws its own error and leaves nothing', async (t) => {
  const { folder, store } = await newStore(t)
  async function* torn() {
    yield Buffer.alloc(600)
    throw new Error('connection lost')
  }
  await t.rejects(store.receive(torn(), BYTES_MAX), { message: 'connection lost' })
  t.same(await filesIn(folder), [])
})

t.test('I3: the same bytes twice, at once and again, are one image', async (t) => {
  const { folder, store } = await newStore(t)
  const second = await openImageStore(folder)
  const page = await (await drawPage(800, 1200)).jpeg().toBuffer()
  const uploads = [store, store, second].map((store) => receiveAndKeep(store, page))
  const [first, ...others] = await Promise.all(uploads)
  for (const facts of others) t.same(facts, first)
  t.same(await receiveAndKeep(store, page), first, 'also when it is sent again')
  t.same(await store.keep(hashOf(page)), first, 'also when it is not sent again')
  t.equal((await filesIn(folder)).length, IMAGE_SIZES.length)
})

t.test('I3: two stores that share a folder can keep the same image at once', async (t) => {
  const { folder, store } = await newStore(t)
  const second = await openImageStore(folder)
  const page = await (await drawPage(800, 1200)).jpeg().toBuffer()
  const { sha256 } = await receive(store, page)
  const [one, other] = await Promise.all([store.keep(sha256), second.keep(sha256)])
  t.same(one, other)
  t.equal((await filesIn(folder)).length, IMAGE_SIZES.length)
})

t.test('I4: PNG and WebP are taken too, known by content and not by name', async (t) => {
  const { store } = await newStore(t)
  const images = { png: blank(40, 30).png(), webp: blank(40, 30).webp() }
  for (const [format, image] of Object.entries(images)) {
    const bytes = await image.toBuffer()
    t.match(await receiveAndKeep(store, bytes), { format, width: 40, height: 30 })
    const { contentType, stream } = await store.open(hashOf(bytes), 'original')
    stream.destroy()
    t.equal(contentType, `image/${format}`)
  }
})

t.test('I4: any other content is refused, also text and pictures of other kinds', async (t) => {
  const contents = [
    Buffer.from('Đây không phải là ảnh.'),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    Buffer.alloc(0),
    await blank(9, 9).gif().toBuffer(),
  ]
  for (const bytes of contents) await refuses(t, bytes, { code: 'IMAGE_KIND_UNKNOWN' })
})

t.test('I4: a file of several pictures is refused', async (t) => {
  const frames = await Promise.all(
    ['red', 'green'].map((background) => {
      return sharp({ create: { width: 9, height: 9, channels: 3, background } })
        .png()
        .toBuffer()
    }),
  )
  const moving = await sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer()
  await refuses(t, moving, {
    code: 'IMAGE_KIND_UNKNOWN',
    details: ['the file holds more than one picture'],
  })
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
  for (const image of wholes) {
    const whole = await image.toBuffer()
    for (const bytes of [Math.floor(whole.length / 2), whole.length - 100]) {
      await refuses(t, whole.subarray(0, bytes), {
        code: 'IMAGE_UNREADABLE',
        details: ['the file is damaged or ends too early'],
      })
    }
  }
})

t.test('I5: a head without an image is refused with a reason and without a path', async (t) => {
  const head = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('not a picture')])
  await refuses(t, head, { code: 'IMAGE_UNREADABLE', details: ['the file is damaged'] })
})

t.test('I6: an image of too many pixels is refused, however small its file', async (t) => {
  const huge = await blank(16_000, 16_000).png({ compressionLevel: 9 }).toBuffer()
  t.ok(huge.length < BYTES_MAX)
  await refuses(t, huge, { code: 'IMAGE_TOO_LARGE' })
})

t.test('I7: what is seen is upright, and measured as it is seen', async (t) => {
  const { store } = await newStore(t)
  const turned = await blank(400, 300).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  t.match(await receiveAndKeep(store, turned), { width: 300, height: 400 })
  for (const size of ['display', 'thumbnail'] as const) {
    const { stream } = await store.open(hashOf(turned), size)
    const { width, height, orientation } = await sharp(await buffer(stream)).metadata()
    t.ok(width < height, size)
    t.equal(orientation, undefined)
  }
})

t.test('I8: the copies of a scanned page are small enough for a slow line', async (t) => {
  const { store } = await newStore(t)
  const page = await (await drawPage(2480, 3508)).jpeg({ quality: 92 }).toBuffer()
  await receiveAndKeep(store, page)

  const display = await store.open(hashOf(page), 'display')
  t.equal(display.contentType, 'image/webp')
  t.ok(display.bytes > 20_000 && display.bytes < 160_000, `display copy: ${display.bytes} bytes`)
  t.match(await sharp(await buffer(display.stream)).metadata(), { width: 1240, height: 1754 })

  const thumbnail = await store.open(hashOf(page), 'thumbnail')
  t.ok(thumbnail.bytes < 15_000, `thumbnail: ${thumbnail.bytes} bytes`)
  t.match(await sharp(await buffer(thumbnail.stream)).metadata(), { height: 320 })
})

t.test('I8: a small image is not enlarged, and a transparent one gets white paper', async (t) => {
  const { store } = await newStore(t)
  const create = { width: 30, height: 20, channels: 4, background: '#0000' } as const
  const clear = await sharp({ create }).png().toBuffer()
  await receiveAndKeep(store, clear)
  const { stream } = await store.open(hashOf(clear), 'display')
  const copy = sharp(await buffer(stream))
  t.match(await copy.metadata(), { width: 30, height: 20, hasAlpha: false })
  t.same([...(await copy.raw().toBuffer()).subarray(0, 3)], [255, 255, 255])
})

t.test('I9: what is discarded is forgotten, what is kept stays', async (t) => {
  const { folder, store } = await newStore(t)
  const page = await blank(30, 20).png().toBuffer()
  const { sha256 } = await receive(store, page)
  await store.discard(sha256)
  t.same(await filesIn(folder), [])
  await store.discard(sha256)

  await receiveAndKeep(store, page)
  await store.discard(sha256)
  t.equal(await store.has(sha256), true)
})

t.test(
  'I10: opening the store sweeps what a crash left, and nothing that is in work',
  async (t) => {
    const { folder, store } = await newStore(t)
    const incoming = join(folder, 'incoming')
    const kept = await receiveAndKeep(store, await blank(30, 20).png().toBuffer())
    const received = await receive(store, await blank(31, 20).png().toBuffer())
    const aged = { 'old.part': 2, 'new.part': 0, [hashOf(Buffer.from('abandoned'))]: 25 }
    for (const [name, hours] of Object.entries(aged)) {
      const moment = new Date(Date.now() - hours * HOUR_MS)
      await writeFile(join(incoming, name), 'half')
      await utimes(join(incoming, name), moment, moment)
    }

    const reopened = await openImageStore(folder)
    t.same((await readdir(incoming)).sort(), [received.sha256, 'new.part'].sort())
    t.equal(await reopened.has(kept.sha256), true)
    t.match(await reopened.keep(received.sha256), { width: 31 })
  },
)

t.test('I10: an image half kept when the machine stopped is kept by the next try', async (t) => {
  const { folder, store } = await newStore(t)
  const page = await blank(30, 20).png().toBuffer()
  const { sha256 } = await receive(store, page)
  const half = join(folder, 'display', sha256.slice(0, 2))
  await mkdir(half)
  await writeFile(join(half, sha256), 'half')
  t.equal(await store.has(sha256), false, 'copies alone keep nothing')

  await store.keep(sha256)
  const { stream } = await store.open(sha256, 'display')
  t.match(await sharp(await buffer(stream)).metadata(), { width: 30, format: 'webp' })
})
