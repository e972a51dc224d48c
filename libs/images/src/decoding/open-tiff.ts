import sharp from 'sharp'
import type { Container } from './container.ts'
import { PIXELS_MAX } from './limits.ts'
import { checkPixels, pageOfBytes } from './make-page.ts'

const JPEG_QUALITY = 90

/**
 * Pages of a TIFF. What is black and white, as every fax, becomes a PNG of one bit a pixel: without
 * loss, and a tenth of a JPEG's size. Grey and colour become JPEG: PNG takes seven times the space
 * and four times the time, and what came is kept beside it.
 */
export async function openTiff(path: string): Promise<Container> {
  const { pages = 1 } = await sharp(path, { limitInputPixels: false }).metadata()
  return {
    pages,
    async readPage(page, folder) {
      const options = { page: page - 1, pages: 1, failOn: 'error', autoOrient: true } as const
      const head = sharp(path, { ...options, limitInputPixels: false })
      const { width, height, bitsPerSample } = await head.metadata()
      checkPixels(width, height)
      const image = sharp(path, { ...options, limitInputPixels: PIXELS_MAX })
      if (bitsPerSample === 1) {
        const png = image.png({ palette: true, colours: 2, dither: 0 })
        return await pageOfBytes(await png.toBuffer(), folder, 'png')
      }
      const jpeg = image.flatten({ background: 'white' }).jpeg({ quality: JPEG_QUALITY })
      return await pageOfBytes(await jpeg.toBuffer(), folder, 'jpeg')
    },
    close() {},
  }
}
