import sharp from 'sharp'

const SIZE = { width: 48, height: 68 } as const

/** A small picture with nothing on it: a PNG of one colour, and of another for each index below 2 ** 24. */
export async function blankPage(index: number): Promise<Buffer> {
  const background = { r: index >> 16, g: (index >> 8) & 255, b: index & 255 }
  return await sharp({ create: { ...SIZE, channels: 3, background } })
    .png()
    .toBuffer()
}
