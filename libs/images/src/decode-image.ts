import { stat } from 'node:fs/promises'
import { Problem } from '@songnhap/contracts'
import sharp, { type Sharp } from 'sharp'
import type { ImageFacts } from './image-store.ts'
import { recogniseFormat } from './recognise-format.ts'

const PIXELS_MAX = 200_000_000
const DECODE_SECONDS_MAX = 120

/** 150 dots an inch on A4: at 1:1 on a small screen, handwriting is read without zooming. */
const DISPLAY_SIDE_MAX = 1754
const THUMBNAIL_SIDE_MAX = 320

/** A page of paper takes 100–130 kB at 50. Grainy paper takes twice that, and bears 30 as well. */
const DISPLAY_QUALITIES = [50, 30]
const DISPLAY_BYTES_WISHED = 150_000

// One thread an image: many images at once fill a machine better than many threads on one.
sharp.concurrency(1)
// The cache knows files by path and would hold open what is about to be moved.
sharp.cache(false)

export interface Copies {
  readonly display: Buffer
  readonly thumbnail: Buffer
}

/** What the head of the file says, or the Problem for which it cannot be a page image. */
export async function readFacts(path: string): Promise<Omit<ImageFacts, 'sha256'>> {
  const format = await recogniseFormat(path)
  if (format === undefined) throw new Problem('IMAGE_KIND_UNKNOWN')

  const { autoOrient, pages = 1 } = await decode(() =>
    sharp(path, { limitInputPixels: false }).metadata(),
  )
  const { width, height } = autoOrient
  if (pages > 1) {
    throw new Problem('IMAGE_KIND_UNKNOWN', ['the file holds more than one picture'])
  }
  if (width * height > PIXELS_MAX) {
    throw new Problem('IMAGE_TOO_LARGE', [
      `${width} × ${height} pixels, where ${PIXELS_MAX} in all are allowed`,
    ])
  }
  return { format, width, height, bytes: (await stat(path)).size }
}

/** Decodes the whole image, and so finds out whether it is whole. */
export async function makeCopies(path: string): Promise<Copies> {
  return decode(async () => {
    const display = await makeDisplay(path)
    return {
      display,
      thumbnail: await shrink(sharp(display), THUMBNAIL_SIDE_MAX).webp().toBuffer(),
    }
  })
}

async function makeDisplay(path: string): Promise<Buffer> {
  // Not 'warning', the default: old scanners write slightly wrong headers around whole images.
  const options = { failOn: 'error', limitInputPixels: PIXELS_MAX, autoOrient: true } as const
  const page = await shrink(sharp(path, options), DISPLAY_SIDE_MAX)
    .flatten({ background: 'white' })
    .timeout({ seconds: DECODE_SECONDS_MAX })
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

async function decode<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new Problem('IMAGE_UNREADABLE', [explain(cause)], { cause })
  }
}

/** The decoders' own texts are for programmers, and may name paths. */
function explain(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : ''
  if (/premature end|unable to parse|read error|truncated/i.test(text)) {
    return 'the file is damaged or ends too early'
  }
  if (text.startsWith('timeout')) return `not decoded within ${DECODE_SECONDS_MAX} seconds`
  return 'the file is damaged'
}
