import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { IMAGE_SIZES, type ImageSize, Problem } from '@songnhap/contracts'
import { makeCopies, readFacts } from './decode-image.ts'
import { findFile, makeFolder, moveDurably, sweepFolder, writeTemporary } from './durable-files.ts'
import type { ImageFacts, ImageStore, StoredImage } from './image-store.ts'
import { limitConcurrency } from './limit-concurrency.ts'
import { recogniseFormat } from './recognise-format.ts'

const HOUR_MS = 3_600_000
const SWEEP_AGE_MAX_MS = { temporary: HOUR_MS, other: 24 * HOUR_MS }
const DECODING_MAX = availableParallelism()
const WAITING_MAX = 1000

const SHA256 = /^[0-9a-f]{64}$/
const SIZE_FOLDERS: Record<ImageSize, string> = {
  original: 'originals',
  display: 'display',
  thumbnail: 'thumbnails',
}

/** Of the process and not of a store, as the cores are. */
const decodeInTurn = limitConcurrency(DECODING_MAX, WAITING_MAX)

/**
 * A folder as image store:
 *
 *     incoming/<uuid>.part, incoming/<sha256>     being written; received
 *     display|thumbnails/<aa>/<sha256>            made from a whole original
 *     originals/<aa>/<sha256>                     moved there last: what is here is kept
 *
 * Several processes may share it.
 */
export async function openImageStore(folder: string): Promise<ImageStore> {
  const incoming = join(folder, 'incoming')
  await makeFolder(incoming)
  for (const size of IMAGE_SIZES) await makeFolder(join(folder, SIZE_FOLDERS[size]))
  await sweepFolder(incoming, SWEEP_AGE_MAX_MS)

  const keeping = new Map<string, Promise<ImageFacts>>()
  return {
    receive: (source, bytesMax) => receive(incoming, source, bytesMax),

    async keep(sha256) {
      assertSha256(sha256)
      const begun = keeping.get(sha256)
      if (begun !== undefined) return begun
      const facts = keep(folder, incoming, sha256).finally(() => keeping.delete(sha256))
      keeping.set(sha256, facts)
      return facts
    },

    async discard(sha256) {
      assertSha256(sha256)
      await rm(join(incoming, sha256), { force: true })
    },

    async has(sha256) {
      return (await findFile(pathOf(folder, sha256, 'original'))) !== undefined
    },

    async open(sha256, size) {
      return openImage(pathOf(folder, sha256, size))
    },
  }
}

async function receive(incoming: string, source: AsyncIterable<Uint8Array>, bytesMax: number) {
  const hash = createHash('sha256')
  let bytes = 0
  async function* measured() {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > bytesMax) throw new Problem('IMAGE_TOO_LARGE', [`more than ${bytesMax} bytes`])
      hash.update(chunk)
      yield chunk
    }
  }
  const temporary = await writeTemporary(incoming, measured())
  const sha256 = hash.digest('hex')
  await moveDurably(temporary, join(incoming, sha256))
  return { sha256, bytes }
}

async function keep(folder: string, incoming: string, sha256: string): Promise<ImageFacts> {
  const received = join(incoming, sha256)
  const kept = pathOf(folder, sha256, 'original')
  if ((await findFile(kept)) !== undefined) {
    await rm(received, { force: true })
    return { sha256, ...(await readFacts(kept)) }
  }
  if ((await findFile(received)) === undefined) throw new Problem('NOT_FOUND')

  try {
    const facts = await readFacts(received)
    const copies = await decodeInTurn(() => makeCopies(received))
    for (const size of ['display', 'thumbnail'] as const) {
      const copy = await writeTemporary(incoming, [copies[size]])
      await moveDurably(copy, pathOf(folder, sha256, size))
    }
    await moveDurably(received, kept)
    return { sha256, ...facts }
  } catch (error) {
    // Another process may have kept the same file, and taken it from under this one's eyes.
    if ((await findFile(kept)) !== undefined) return { sha256, ...(await readFacts(kept)) }
    if (error instanceof Problem && error.code !== 'UNAVAILABLE')
      await rm(received, { force: true })
    throw error
  }
}

async function openImage(path: string): Promise<StoredImage> {
  const file = await findFile(path)
  const format = file && (await recogniseFormat(path))
  if (file === undefined || format === undefined) throw new Problem('NOT_FOUND')
  return { stream: createReadStream(path), bytes: file.bytes, contentType: `image/${format}` }
}

function pathOf(folder: string, sha256: string, size: ImageSize): string {
  assertSha256(sha256)
  return join(folder, SIZE_FOLDERS[size], sha256.slice(0, 2), sha256)
}

/** It becomes part of a path. */
function assertSha256(sha256: string): void {
  if (!SHA256.test(sha256)) throw new Problem('MALFORMED', ['not a SHA-256 in lower-case hex'])
}
