import { type PageSource, samplePages } from '@songnhap/demo'
import { sampleTruth } from '@songnhap/samples'
import sharp from 'sharp'

/**
 * Pages with known truth on blank sheets, of another colour each, where nobody reads what is drawn:
 * to draw a page as a scanner gives it and to take that in costs as much as all the work on it.
 */
export async function blankPages(total: number, seed: number): Promise<PageSource> {
  const drawn = await samplePages(total, seed)
  return {
    ...drawn,
    async page(index) {
      const background = { r: seed % 256, g: Math.floor(index / 256), b: index % 256 }
      const sheet = sharp({ create: { width: 120, height: 170, channels: 3, background } })
      const image = new Uint8Array(await sheet.png().toBuffer())
      return { fileName: `page-${index + 1}.png`, image, truth: sampleTruth(seed, index) }
    },
  }
}
