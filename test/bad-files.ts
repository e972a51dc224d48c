/** Files that cannot become pages, each for a reason of its own; `number` makes no two alike. */
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import type { ProblemCode } from '@songnhap/contracts'
import { newPdf } from '@songnhap/testkit'
import sharp from 'sharp'
import yazl from 'yazl'

type Make = (number: number) => Promise<Buffer> | Buffer

export const BAD_FILES: readonly [code: ProblemCode, ending: string, make: Make][] = [
  ['FILE_EMPTY', 'jpg', () => Buffer.alloc(0)],
  ['PLAIN_TEXT', 'jpg', (n) => Buffer.from(`ghi chú số ${n}`)],
  ['WEB_DOCUMENT', 'png', (n) => Buffer.from(`<!DOCTYPE html><title>${n}</title>`)],
  [
    'WEB_DOCUMENT',
    'svg',
    (n) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" id="${n}"/>`),
  ],
  [
    'OFFICE_DOCUMENT',
    'docx',
    (n) => newZip('[Content_Types].xml', Buffer.from(`<Types n="${n}"/>`)),
  ],
  ['OFFICE_DOCUMENT', 'doc', (n) => Buffer.from(`d0cf11e0a1b11ae1000${n}`, 'hex')],
  ['ARCHIVE_KIND', 'rar', (n) => Buffer.from(`Rar!\x1a\x07\x01${n}`, 'latin1')],
  ['MEDIA_FILE', 'jpg', (n) => Buffer.from(`\0\0\0\x18ftypmp42${n}`, 'latin1')],
  ['PICTURE_KIND', 'gif', (n) => scan(n).gif().toBuffer()],
  ['PICTURE_KIND', 'bmp', (n) => Buffer.from(`BM${n}`)],
  ['PICTURE_MOVES', 'webp', newMoving],
  ['FILE_TRUNCATED', 'jpg', async (n) => half(await scan(n).jpeg().toBuffer())],
  ['FILE_TRUNCATED', 'png', async (n) => half(await scan(n).png().toBuffer())],
  ['IMAGE_TOO_LARGE', 'png', newHuge],
  ['FILE_DAMAGED', 'tif', (n) => Buffer.from(`II*\0\x08\0\0\0${n}`, 'latin1')],
  ['PDF_LOCKED', 'pdf', async (n) => newPdf([await pdfPage(n)], { locked: true })],
  ['PDF_EMPTY', 'pdf', (n) => Buffer.concat([newPdf([]), Buffer.from(`%${n}`)])],
  ['FILE_TRUNCATED', 'pdf', (n) => Buffer.from(`%PDF-1.4\n%${n}\n1 0 obj`)],
  ['HEIC_UNREADABLE', 'heic', (n) => Buffer.from(`\0\0\0\x18ftypheic\0\0\0${n}`, 'latin1')],
  ['ZIP_EXPANDS', 'zip', (n) => newZip(`trang ${n}.png`, Buffer.alloc(20_000_000, n))],
]

/** A page of its own for each number. */
export function scan(number: number) {
  const background = { r: number % 256, g: (number * 7) % 256, b: 99 }
  return sharp({ create: { width: 124, height: 175, channels: 3, background } })
}

export async function pdfPage(number: number) {
  return { jpeg: await scan(number).jpeg().toBuffer(), width: 124, height: 175 }
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2)
}

async function newMoving(number: number): Promise<Buffer> {
  const frames = [
    await scan(number).png().toBuffer(),
    await scan(number + 9)
      .png()
      .toBuffer(),
  ]
  return await sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer()
}

/** A small file that says it has 400 million pixels. */
async function newHuge(number: number): Promise<Buffer> {
  const png = await scan(number).png().toBuffer()
  png.writeUInt32BE(20_000, 16)
  png.writeUInt32BE(20_000, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

async function newZip(name: string, bytes: Buffer): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  zip.addBuffer(bytes, name)
  zip.end()
  return await buffer(zip.outputStream)
}
