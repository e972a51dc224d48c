import { readFile } from 'node:fs/promises'
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import { Problem } from '@songnhap/contracts'
import sharp from 'sharp'
import type { Container } from './container.ts'
import { JPEG, pageOfBytes } from './make-page.ts'

const POINTS_AN_INCH = 72
/** As registers are scanned; 200 takes two thirds of the time and blurs small marks above letters. */
const DOTS_AN_INCH = 300
/** A3 at 300 dots an inch has 17 million; larger sheets are drawn with fewer dots. */
const PIXELS_MAX = 20_000_000
const TAIL_BYTES = 2_048

let library: Promise<PDFiumLibrary> | undefined

/** Pages of a PDF, drawn as they are seen on a screen. */
export async function openPdf(path: string): Promise<Container> {
  library ??= PDFiumLibrary.init()
  const document = await load(await library, await readFile(path))
  // The library has a copy of its own; ours must be gone before the first page takes its memory.
  globalThis.gc?.()
  const pages = document.getPageCount()
  if (pages === 0) {
    document.destroy()
    throw new Problem('PDF_EMPTY')
  }
  return {
    pages,
    async readPage(page, folder) {
      return await pageOfBytes(await draw(document, page - 1), folder, 'jpeg')
    },
    close: () => document.destroy(),
  }
}

async function load(pdfium: PDFiumLibrary, bytes: Buffer): Promise<PDFiumDocument> {
  try {
    return await pdfium.loadDocument(bytes)
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : ''
    if (text.startsWith('Password')) throw new Problem('PDF_LOCKED', [], { cause })
    const isWhole = bytes.subarray(-TAIL_BYTES).includes('%%EOF')
    throw new Problem(isWhole ? 'FILE_DAMAGED' : 'FILE_TRUNCATED', [], { cause })
  }
}

async function draw(document: PDFiumDocument, index: number): Promise<Buffer> {
  const page = document.getPage(index)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  // pdfium gives a page that it cannot read no size.
  if (!(originalWidth > 0 && originalHeight > 0)) throw new Problem('FILE_DAMAGED')
  const scale = Math.min(
    DOTS_AN_INCH / POINTS_AN_INCH,
    Math.sqrt(PIXELS_MAX / (originalWidth * originalHeight)),
  )
  const { data, width, height } = await page.render({ scale, render: 'bitmap' })
  return await sharp(data, { raw: { width, height, channels: 4 } })
    .flatten({ background: 'white' })
    .jpeg(JPEG)
    .toBuffer()
}
