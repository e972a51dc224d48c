/** Files as archives send them, small ones. */
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import yazl from 'yazl'

/** A scan of its own for each shade. */
export async function newScan(shade: number): Promise<Buffer> {
  const background = { r: shade, g: shade, b: shade }
  return await sharp({ create: { width: 60, height: 80, channels: 3, background } })
    .png()
    .toBuffer()
}

/** A TIFF of as many pages as there are shades. */
export async function newTiff(shades: readonly number[]): Promise<Buffer> {
  const pages = await Promise.all(shades.map(newScan))
  const input = pages.length === 1 ? sharp(pages[0]) : sharp(pages, { join: { animated: true } })
  return await input.tiff({ compression: 'lzw' }).toBuffer()
}

export async function newZip(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name)
  zip.end()
  return await buffer(zip.outputStream)
}
