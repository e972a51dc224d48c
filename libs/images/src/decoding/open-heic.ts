import { readFile } from 'node:fs/promises'
import { Problem } from '@songnhap/contracts'
import libheif from 'libheif-js/wasm-bundle.js'
import sharp from 'sharp'
import type { Container } from './container.ts'
import { checkPixels, JPEG, pageOfBytes } from './make-page.ts'

/** Four bytes each, twice. Phones take 12 to 48 million. */
const PIXELS_MAX = 50_000_000

type HeifImage = ReturnType<InstanceType<typeof libheif.HeifDecoder>['decode']>[number]

/** The pictures of a HEIC file, nearly always one. They come turned as the phone was held. */
export async function openHeic(path: string): Promise<Container> {
  const decoder = new libheif.HeifDecoder()
  const images = decoder.decode(await readFile(path))
  const close = () => {
    for (const image of images) image.free()
    decoder.decoder.delete()
  }
  if (images.length === 0) {
    close()
    throw new Problem('HEIC_UNREADABLE')
  }
  return {
    pages: images.length,
    async readPage(page, folder) {
      const image = images[page - 1]
      if (image === undefined) throw new Problem('HEIC_UNREADABLE')
      const [width, height] = [image.get_width(), image.get_height()]
      checkPixels(width, height, PIXELS_MAX)
      const jpeg = await sharp(await pixelsOf(image, width, height), {
        raw: { width, height, channels: 4 },
      })
        .flatten({ background: 'white' })
        .jpeg(JPEG)
        .toBuffer()
      return await pageOfBytes(jpeg, folder, 'jpeg')
    },
    close,
  }
}

function pixelsOf(image: HeifImage, width: number, height: number): Promise<Uint8ClampedArray> {
  return new Promise((resolve, reject) => {
    const data = new Uint8ClampedArray(width * height * 4)
    image.display({ data, width, height }, (shown) => {
      if (shown === null) reject(new Problem('HEIC_UNREADABLE'))
      else resolve(shown.data)
    })
  })
}
