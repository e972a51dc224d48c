/** Rules I4, I11 and I12 of docs/spec/images.md: containers, and what a decoder may use. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newPdf } from '@songnhap/testkit'
import sharp from 'sharp'
import { type Test, t } from 'tap'
import { DECODING_LIMITS, type DecodingLimits, openDecoders } from '../src/index.ts'
import { blank, drawPage } from './open-desk.ts'

async function openTable(t: Test, limits: Partial<DecodingLimits> = {}) {
  const folder = t.testdir()
  const decoders = openDecoders(folder, { ...DECODING_LIMITS, ...limits })
  t.teardown(() => decoders.close())
  let files = 0
  return {
    decoders,
    /** Lays a file on the table and gives its path. */
    async lay(bytes: Uint8Array) {
      files += 1
      const path = join(folder, `file-${files}`)
      await writeFile(path, bytes)
      return path
    },
  }
}

t.test('I12: a fax becomes a PNG of one bit a pixel, without loss', async (t) => {
  const { decoders, lay } = await openTable(t)
  const drawn = await (await drawPage(1240, 1754)).removeAlpha().png().toBuffer()
  const page = sharp(drawn).greyscale().threshold(150).toColourspace('b-w')
  for (const compression of ['ccittfax4', 'deflate'] as const) {
    const fax = await page.clone().tiff({ compression, bitdepth: 1, predictor: 'none' }).toBuffer()
    const path = await lay(fax)
    t.same(await decoders.examine(path), { is: 'pages', pages: 1 })
    const { original, ...made } = await decoders.readPage(path, 1)
    t.match(made, { format: 'png', width: 1240, height: 1754 })
    const image = await readFile(original?.path ?? '')
    const pixels = (file: Buffer) => sharp(file).toColourspace('b-w').raw().toBuffer()
    t.ok((await pixels(image)).equals(await pixels(fax)), compression)
    t.equal((await sharp(image).metadata()).bitsPerSample, 1)
  }
})

t.test('I4, I12: pages of a TIFF in colour and of a PDF become JPEG', async (t) => {
  const { decoders, lay } = await openTable(t)
  const pages = await Promise.all(
    ['red', 'green', 'blue'].map((background) =>
      sharp({ create: { width: 300, height: 400, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const tiff = await lay(
    await sharp(pages, { join: { animated: true } })
      .tiff()
      .toBuffer(),
  )
  t.same(await decoders.examine(tiff), { is: 'pages', pages: 3 })
  const second = await decoders.readPage(tiff, 2)
  t.match(second, { format: 'jpeg', width: 300, height: 400 })
  const { dominant } = await sharp(second.original?.path).stats()
  t.ok(dominant.g > dominant.r && dominant.g > dominant.b, 'the page that was asked for')

  const jpeg = await blank(620, 877).jpeg().toBuffer()
  const pdf = await lay(newPdf([1, 2].map(() => ({ jpeg, width: 620, height: 877 }))))
  t.same(await decoders.examine(pdf), { is: 'pages', pages: 2 })
  const drawn = await decoders.readPage(pdf, 2)
  t.match(drawn, { format: 'jpeg', height: 3508 }, 'at 300 dots an inch')
})

t.test('I4: a picture of a phone is read, and a broken one says what to do', async (t) => {
  const { decoders, lay } = await openTable(t)
  const heic = await readFile(new URL('./fixtures/page.heic', import.meta.url))
  const path = await lay(heic)
  t.same(await decoders.examine(path), { is: 'pages', pages: 1 })
  t.match(await decoders.readPage(path, 1), { format: 'jpeg', width: 620, height: 877 })
  const torn = await lay(heic.subarray(0, heic.length / 2))
  await t.rejects(decoders.readPage(torn, 1), { code: 'HEIC_UNREADABLE' })
})

t.test('I4: a PDF that is locked, empty or torn is refused for that', async (t) => {
  const { decoders, lay } = await openTable(t)
  const jpeg = await blank(62, 88).jpeg().toBuffer()
  const pages = [{ jpeg, width: 62, height: 88 }]
  const whole = newPdf(pages)
  for (const [code, bytes] of [
    ['PDF_LOCKED', newPdf(pages, { locked: true })],
    ['PDF_EMPTY', newPdf([])],
    ['FILE_TRUNCATED', whole.subarray(0, 60)],
    ['FILE_DAMAGED', Buffer.from('%PDF-1.4 nothing of the kind %%EOF')],
  ] as const) {
    await t.rejects(decoders.examine(await lay(bytes)), { code })
  }
})

t.test('I6: a file of too many pages is refused', async (t) => {
  const { decoders, lay } = await openTable(t, { pagesMax: 2 })
  const jpeg = await blank(62, 88).jpeg().toBuffer()
  const pdfOf = (pages: number) => newPdf(Array(pages).fill({ jpeg, width: 62, height: 88 }))
  t.match(await decoders.examine(await lay(pdfOf(2))), { pages: 2 })
  await t.rejects(decoders.examine(await lay(pdfOf(3))), { code: 'PAGES_TOO_MANY' })
})

t.test(
  'I11: a file that takes too long or too much is refused; the next one is read',
  async (t) => {
    const large = await blank(7_000, 7_000).png({ progressive: true }).toBuffer()
    const small = await blank(30, 40).png().toBuffer()
    // Far from what either of them takes, also where others use the processor too.
    const hurried = await openTable(t, { pageSecondsMax: 0.5 })
    const slow = await hurried.lay(await blank(9_000, 9_000).png({ progressive: true }).toBuffer())
    await t.rejects(hurried.decoders.examine(slow), { code: 'FILE_TOO_SLOW' })
    t.match(await hurried.decoders.examine(await hurried.lay(small)), { is: 'picture' })

    const narrow = await openTable(t, { processesMax: 1, memoryBytesMax: 190_000_000 })
    const wide = await narrow.lay(large)
    await t.rejects(narrow.decoders.examine(wide), { code: 'FILE_NEEDS_MEMORY' })
    t.match(await narrow.decoders.examine(await narrow.lay(small)), { is: 'picture' })

    const shared = await openTable(t, { processesMax: 3, memoryBytesMax: 190_000_000 })
    const paths = [await shared.lay(large), await shared.lay(small), await shared.lay(large)]
    const found = await Promise.all(paths.map((path) => shared.decoders.examine(path)))
    t.same(
      found.map(({ is }) => is),
      ['picture', 'picture', 'picture'],
      'what needs more than its share gets that of all, when its turn comes',
    )
  },
)

t.test(
  'I11: what was under way when the decoders are closed fails, and nothing hangs',
  async (t) => {
    const { decoders, lay } = await openTable(t)
    const path = await lay(await blank(3_000, 3_000).png({ progressive: true }).toBuffer())
    const under = [1, 2, 3, 4].map(() => decoders.examine(path))
    decoders.close()
    for (const { status } of await Promise.allSettled(under)) t.equal(status, 'rejected')
  },
)
