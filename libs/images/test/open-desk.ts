/** An image store and decoders as intake has them, and pictures to put through both. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp, { type Sharp } from 'sharp'
import type { Test } from 'tap'
import { type Decoders, type ImageStore, openDecoders, openImageStore } from '../src/index.ts'

export const BYTES_MAX = 10_000_000

export async function newDesk(t: Test, folder = t.testdir()): Promise<Desk> {
  const store = await openImageStore(folder)
  const decoders = openDecoders(store.incoming)
  t.teardown(() => decoders.close())
  return { folder, store, decoders }
}

export interface Desk {
  readonly folder: string
  readonly store: ImageStore
  readonly decoders: Decoders
}

export function blank(width: number, height: number): Sharp {
  const create = { width, height, channels: 3, background: '#f4efe1' } as const
  return sharp({ create, limitInputPixels: false })
}

/** Lines of strokes on grainy paper, as heavy to compress as a written page. */
export async function drawPage(width: number, height: number): Promise<Sharp> {
  const line = (y: number) => {
    const strokes = Array.from({ length: 90 }, (_, i) => `q6,${-22 - ((i * y) % 17)} 14,${i % 5}`)
    return `<path d="M150 ${y}${strokes.join('')}" fill="none" stroke="#223" stroke-width="3"/>`
  }
  const lines = Array.from({ length: 40 }, (_, i) => line(200 + i * Math.floor(height / 44)))
  const ink = Buffer.from(`<svg width="${width}" height="${height}">${lines.join('')}</svg>`)
  const grain = { type: 'gaussian', mean: 225, sigma: 6 } as const
  return sharp({
    create: { width, height, channels: 3, noise: grain, background: 'white' },
  }).composite([{ input: ink }])
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export async function receive(store: ImageStore, bytes: Uint8Array) {
  return store.receive(Readable.from([bytes]), BYTES_MAX)
}

/** A picture from its upload to its page, as intake goes about it. */
export async function receiveAndKeep(desk: Desk, bytes: Uint8Array) {
  const { sha256 } = await receive(desk.store, bytes)
  await desk.store.keepFile(sha256)
  return await keepPicture(desk, sha256)
}

export async function keepPicture({ store, decoders }: Desk, sha256: string) {
  try {
    const examined = await decoders.examine(await store.pathOfFile(sha256))
    if (examined.is !== 'picture') throw new Error(`a picture is taken for ${examined.is}`)
    return await store.keepPage(sha256, examined.page)
  } catch (error) {
    await store.forgetFile(sha256)
    throw error
  }
}

/** Every file below a folder; without them, nothing was left behind. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

export async function refuses(t: Test, desk: Desk, bytes: Uint8Array, code: string) {
  await t.rejects(receiveAndKeep(desk, bytes), { code })
  t.same(await filesIn(desk.folder), [], 'nothing is left behind')
  t.equal(await desk.store.has(hashOf(bytes)), false)
}
