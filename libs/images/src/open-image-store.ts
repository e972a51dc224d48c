import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ImageSize, Problem } from '@songnhap/contracts'
import { isOfFile } from './decoding/is-of-file.ts'
import type { MadePage } from './decoding/job.ts'
import { findFile, makeFolder, moveDurably, sweepFolder } from './durable-files.ts'
import type { ImageFacts, ImageStore, StoredImage } from './image-store.ts'
import { receiveStream } from './receive-stream.ts'
import { recognisePicture } from './recognise-kind.ts'

const HOUR_MS = 3_600_000
const SWEEP_AGE_MAX_MS = { temporary: HOUR_MS, other: 24 * HOUR_MS }

const SHA256 = /^[0-9a-f]{64}$/
type Place = ImageSize | 'file'
const FOLDERS: Record<Place, string> = {
  file: 'files',
  original: 'originals',
  display: 'display',
  thumbnail: 'thumbnails',
}

/**
 * A folder as image store:
 *
 *     incoming/<uuid>.part, incoming/<sha256>     being written; received
 *     files/<aa>/<sha256>                         kept as it came; a picture until it is a page
 *     display|thumbnails/<aa>/<sha256>            made from a whole original
 *     originals/<aa>/<sha256>                     moved there last: what is here is a page image
 *
 * Several processes may share it.
 */
export async function openImageStore(folder: string): Promise<ImageStore> {
  const incoming = join(folder, 'incoming')
  await makeFolder(incoming)
  for (const name of Object.values(FOLDERS)) await makeFolder(join(folder, name))
  await sweepFolder(incoming, SWEEP_AGE_MAX_MS)

  const pathOf = (place: Place, sha256: string) =>
    join(folder, FOLDERS[place], asSha256(sha256).slice(0, 2), sha256)
  const received = (sha256: string) => join(incoming, asSha256(sha256))
  const forget = (path: string) => rm(path, { force: true })
  /** A picture that has become a page lies there, and need not come twice. */
  const findKept = async (sha256: string) => {
    const places = [pathOf('original', sha256), pathOf('file', sha256)]
    for (const path of places) if ((await findFile(path)) !== undefined) return path
    return undefined
  }

  return {
    incoming,
    receive: (source, bytesMax) => receiveStream(incoming, source, bytesMax),
    discard: async (sha256) => forget(received(sha256)),

    async keepFile(sha256) {
      if ((await findKept(sha256)) !== undefined) return await forget(received(sha256))
      if ((await findFile(received(sha256))) === undefined) throw new Problem('NOT_FOUND')
      await moveDurably(received(sha256), pathOf('file', sha256))
    },

    async pathOfFile(sha256) {
      const path = await findKept(sha256).catch((cause: Error) => {
        throw isOfFile(cause, pathOf('file', sha256))
          ? new Problem('FILE_UNREADABLE', [], { cause })
          : cause
      })
      if (path === undefined) throw new Problem('FILE_LOST')
      return path
    },

    forgetFile: async (sha256) => forget(pathOf('file', sha256)),

    async keepPage(fileSha256, made) {
      const sha256 = made.original?.sha256 ?? fileSha256
      await moveDurably(made.display, pathOf('display', sha256))
      await moveDurably(made.thumbnail, pathOf('thumbnail', sha256))
      const kept = pathOf('original', sha256)
      if ((await findFile(kept)) === undefined) {
        await moveDurably(made.original?.path ?? pathOf('file', fileSha256), kept)
      } else await forget(made.original?.path ?? pathOf('file', fileSha256))
      return await factsOf(kept, sha256, made)
    },

    async discardPage({ display, thumbnail, original }) {
      for (const path of [display, thumbnail, original?.path]) if (path) await forget(path)
    },

    async has(sha256) {
      return (await findFile(pathOf('original', sha256))) !== undefined
    },

    open: async (sha256, size) => openImage(pathOf(size, sha256)),
  }
}

async function factsOf(kept: string, sha256: string, made: MadePage): Promise<ImageFacts> {
  const { format, width, height } = made
  const bytes = (await findFile(kept))?.bytes ?? 0
  return { sha256, format, width, height, bytes }
}

async function openImage(path: string): Promise<StoredImage> {
  const file = await findFile(path)
  const kind = file && (await recognisePicture(path))
  if (file === undefined || kind === undefined) throw new Problem('NOT_FOUND')
  return { stream: createReadStream(path), bytes: file.bytes, contentType: `image/${kind}` }
}

/** It becomes part of a path. */
function asSha256(sha256: string): string {
  if (!SHA256.test(sha256)) throw new Problem('MALFORMED', ['not a SHA-256 in lower-case hex'])
  return sha256
}
