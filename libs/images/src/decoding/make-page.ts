import { createHash } from 'node:crypto'
import { Problem } from '@songnhap/contracts'
import sharp, { type Sharp } from 'sharp'
import { writeTemporary } from '../durable-files.ts'
import type { PictureKind } from '../recognise-kind.ts'
import type { MadePage } from './job.ts'
import { PIXELS_MAX } from './limits.ts'

/** 150 dots an inch on A4: at 1:1 on a small screen, handwriting is read without zooming. */
const DISPLAY_SIDE_MAX = 1754
const THUMBNAIL_SIDE_MAX = 320

/** A page of paper takes 100–130 kB at 50. Grainy paper takes twice that, and bears 30 as well. */
const DISPLAY_QUALITIES = [50, 30]

/**
 * The original of a page in grey or colour. Codes fitted to each picture would save 5 %, and hold all
 * of it in memory: 791 MB instead of 196 MB for 100 megapixels of grey.
 */
export const JPEG = { quality: 90, optimiseCoding: false } as const
const DISPLAY_BYTES_WISHED = 150_000

// One thread a process: many processes fill a machine better than many threads in one.
sharp.concurrency(1)
// The cache knows files by path, and a path here never comes twice.
sharp.cache(false)
// Whatever a file claims to be, these decoders and no others see it.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff'].map((kind) => `VipsForeignLoad${kind}`),
})

/** A picture that came as a file of its own: the file is the original. */
export async function pageOfPicture(
  path: string,
  folder: string,
  format: PictureKind,
): Promise<MadePage> {
  const { autoOrient, pages = 1 } = await sharp(path, { limitInputPixels: false }).metadata()
  if (pages > 1) throw new Problem('PICTURE_MOVES')
  checkPixels(autoOrient.width, autoOrient.height)
  const { width, height } = autoOrient
  return { format, width, height, ...(await writeCopies(path, folder)), original: undefined }
}

/** A page that was in a container: its original is the picture that was made of it. */
export async function pageOfBytes(
  bytes: Buffer,
  folder: string,
  format: PictureKind,
): Promise<MadePage> {
  const { width, height } = await sharp(bytes).metadata()
  const copies = await writeCopies(bytes, folder)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const path = await writeTemporary(folder, [bytes])
  return { format, width, height, ...copies, original: { path, sha256, bytes: bytes.length } }
}

export function checkPixels(width: number, height: number, pixelsMax = PIXELS_MAX): void {
  if (width * height <= pixelsMax) return
  throw new Problem('IMAGE_TOO_LARGE', [`${width} × ${height} > ${pixelsMax}`])
}

/** Decodes the whole picture, and so finds out whether it is whole. */
async function writeCopies(picture: string | Buffer, folder: string) {
  const display = await makeDisplay(picture)
  const thumbnail = await shrink(sharp(display), THUMBNAIL_SIDE_MAX).webp().toBuffer()
  return {
    display: await writeTemporary(folder, [display]),
    thumbnail: await writeTemporary(folder, [thumbnail]),
  }
}

async function makeDisplay(picture: string | Buffer): Promise<Buffer> {
  // Not 'warning', the default: old scanners write slightly wrong headers around whole images.
  const options = { failOn: 'error', limitInputPixels: PIXELS_MAX, autoOrient: true } as const
  const page = await shrink(sharp(picture, options), DISPLAY_SIDE_MAX)
    .flatten({ background: 'white' })
    .raw()
    .toBuffer({ resolveWithObject: true })

  let display = Buffer.alloc(0)
  for (const quality of DISPLAY_QUALITIES) {
    display = await sharp(page.data, { raw: page.info }).webp({ quality }).toBuffer()
    if (display.length <= DISPLAY_BYTES_WISHED) break
  }
  return display
}

function shrink(image: Sharp, sideMax: number): Sharp {
  return image.resize(sideMax, sideMax, { fit: 'inside', withoutEnlargement: true })
}
