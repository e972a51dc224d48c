import sharp from 'sharp'
import type { Container } from './container.ts'
import { PIXELS_MAX } from './limits.ts'
import { checkPixels, JPEG, pageOfBytes } from './make-page.ts'

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
        // Looking for a palette of two colours would hold the whole page in memory, four bytes a pixel.
        const png = image.toColourspace('b-w').png({ palette: false, colours: 2 })
        return await pageOfBytes(await png.toBuffer(), folder, 'png')
      }
      const jpeg = image.flatten({ background: 'white' }).jpeg(JPEG)
      return await pageOfBytes(await jpeg.toBuffer(), folder, 'jpeg')
    },
    close() {},
  }
}
