import type { ImageSize } from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import type { FastifyReply } from 'fastify'

/** To one person, at this moment: a browser keeps nothing of it (G12). */
export async function sendImage(
  reply: FastifyReply,
  images: ImageStore,
  sha256: string,
  size: ImageSize,
): Promise<FastifyReply> {
  const image = await images.open(sha256, size)
  reply
    .type(image.contentType)
    .header('content-length', image.bytes)
    .header('cache-control', 'private, no-store')
  return reply.send(image.stream)
}
