import { open } from 'node:fs/promises'

export type ImageFormat = 'jpeg' | 'png' | 'webp'

const HEAD_BYTES = 12

/**
 * By content: archives deliver PNG files named .jpg. Also keeps every other kind, as SVG and PDF,
 * away from decoders that were not written for strangers' files.
 */
export async function recogniseFormat(path: string): Promise<ImageFormat | undefined> {
  const head = await readHead(path)
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'webp'
  return undefined
}

async function readHead(path: string): Promise<string> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  return buffer.toString('latin1', 0, bytesRead)
}
