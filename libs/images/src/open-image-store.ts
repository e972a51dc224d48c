import { createReadStream } from 'node:fs'
import { opendir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ImageSize, Problem } from '@songnhap/contracts'
import { isOfFile } from './decoding/is-of-file.ts'
import type { MadePage } from './decoding/job.ts'
import { findFile, isMissing, makeFolder, moveDurably, sweepFolder } from './durable-files.ts'
import type { ImageFacts, ImageStore, StoredImage } from './image-store.ts'
import { nameOfCopy, receiveStream } from './receive-stream.ts'
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
 *     incoming/<uuid>.part                        being written, or made of a file
 *     incoming/<sha256>.<copy>                    received; a copy each time that it came
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
  const sweep = () => sweepFolder(incoming, SWEEP_AGE_MAX_MS)
  await sweep()

  const pathOf = (place: Place, sha256: string) =>
    join(folder, FOLDERS[place], asSha256(sha256).slice(0, 2), sha256)
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

    async discard(sha256) {
      await takeCopy(incoming, sha256, rm)
    },

    async keepFile(sha256) {
      if ((await findKept(sha256)) !== undefined) return void (await takeCopy(incoming, sha256, rm))
      const to = pathOf('file', sha256)
      const isThere = await takeCopy(incoming, sha256, (copy) => moveDurably(copy, to))
      if (!isThere) throw new Problem('NOT_FOUND')
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

    sweep,
    oldFiles: () => listOldFiles(join(folder, FOLDERS.file), SWEEP_AGE_MAX_MS.other),
    open: async (sha256, size) => openImage(pathOf(size, sha256)),
  }
}

/** Each under its hash, in a folder by how that begins. */
async function* listOldFiles(folder: string, ageMs: number): AsyncGenerator<string> {
  for await (const { name: start } of await opendir(folder)) {
    for await (const { name } of await opendir(join(folder, start))) {
      const file = await findFile(join(folder, start, name))
      const isOld = file !== undefined && Date.now() - file.modifiedMs > ageMs
      if (isOld && SHA256.test(name)) yield name
    }
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

/**
 * Does away with one copy of what was received; which one does not matter. False when there is none.
 * Another process may take one at the same moment.
 */
async function takeCopy(
  incoming: string,
  sha256: string,
  take: (path: string) => Promise<void>,
): Promise<boolean> {
  const start = nameOfCopy(asSha256(sha256), '')
  for (const name of await readdir(incoming)) {
    if (!name.startsWith(start)) continue
    try {
      await take(join(incoming, name))
      return true
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  return false
}

/** It becomes part of a path. */
function asSha256(sha256: string): string {
  if (!SHA256.test(sha256)) throw new Problem('MALFORMED', ['not a SHA-256 in lower-case hex'])
  return sha256
}
