import { open } from 'node:fs/promises'
import { findInvalidBytes } from './find-invalid-bytes.ts'
import { TableError } from './table-error.ts'

export interface Encoding {
  /** As the Encoding Standard calls it. */
  readonly label: string
  /** Bytes before the text, by which the file says its encoding. */
  readonly bom: number
  /** Nothing in the file says it; it was concluded. */
  readonly guessed: boolean
}

const HEAD_BYTES = 4096
/** In UTF-16 every second byte of most texts is 0, which no other encoding of a table has. */
const ZEROS_SHARE_MIN = 0.3
const CHUNK_BYTES = 1 << 20
/** A letter of UTF-8 with more than one byte; hardly ever a word in an encoding of single bytes. */
const LONG_LETTERS = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g
const HIGH_BYTES = /[\x80-\xff]/g
/** Bytes that stand for nothing in windows-1258. */
const NOT_IN_1258 = /[\x81\x8a\x8d-\x90\x9a\x9d\x9e]/

/**
 * By its BOM, else by zeros (UTF-16), else UTF-8 where the whole file is such, else windows-1258: the
 * one other encoding that Vietnamese tables on Windows are saved in. A file that is UTF-8 for the most
 * part is not taken for something else because of a broken byte.
 */
export async function detectEncoding(path: string, name: string): Promise<Encoding> {
  const head = await readHead(path)
  const said = byBom(head)
  if (said !== null) return said
  const zeros = byZeros(head)
  if (zeros !== null) return { label: zeros, bom: 0, guessed: true }
  const broken = await findInvalidBytes(path, 'utf-8', 0)
  if (broken === null) return { label: 'utf-8', bom: 0, guessed: false }
  const { letters, others, odd } = await countLetters(path)
  if (letters > others) throw new TableError(name, INVALID('UTF-8'), broken)
  if (odd) {
    throw new TableError(
      name,
      'neither UTF-8 nor windows-1258; say its encoding with --encoding',
      broken,
    )
  }
  return { label: 'windows-1258', bom: 0, guessed: true }
}

export function INVALID(label: string): string {
  return `bytes that are no ${label} text; save the file as UTF-8, or say its encoding with --encoding`
}

/** An encoding that somebody named; a mark of the same at the beginning of the file is no text. */
export async function labelled(path: string, wanted: string): Promise<Encoding> {
  const label = labelOf(wanted)
  if (label === null) {
    throw new UnknownEncoding(
      `no encoding ${wanted} is known; among others utf-8, utf-16le, utf-16be, windows-1258, windows-1252`,
    )
  }
  const said = byBom(await readHead(path))
  return said?.label === label ? said : { label, bom: 0, guessed: false }
}

/** Somebody asked for an encoding that there is not. */
export class UnknownEncoding extends Error {
  override name = 'UnknownEncoding'
}

function labelOf(wanted: string): string | null {
  try {
    return new TextDecoder(wanted).encoding
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The mark at the beginning of a file, if it has one. */
function byBom(head: Buffer): Encoding | null {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0xef, 0xbb, 0xbf)) return { label: 'utf-8', bom: 3, guessed: false }
  if (starts(0xff, 0xfe)) return { label: 'utf-16le', bom: 2, guessed: false }
  if (starts(0xfe, 0xff)) return { label: 'utf-16be', bom: 2, guessed: false }
  return null
}

function byZeros(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(head.length / 2)
  let [low, high] = [0, 0]
  for (let pair = 0; pair < pairs; pair += 1) {
    if (head[2 * pair] === 0) high += 1
    if (head[2 * pair + 1] === 0) low += 1
  }
  if (low > high && low / pairs >= ZEROS_SHARE_MIN) return 'utf-16le'
  return high > low && high / pairs >= ZEROS_SHARE_MIN ? 'utf-16be' : null
}

/** How much speaks for UTF-8 and how much against it. */
async function countLetters(path: string) {
  const file = await open(path)
  let [letters, others, odd] = [0, 0, false]
  try {
    for await (const chunk of file.createReadStream({ highWaterMark: CHUNK_BYTES })) {
      const bytes = (chunk as Buffer).toString('latin1')
      letters += bytes.match(LONG_LETTERS)?.length ?? 0
      others += bytes.replace(LONG_LETTERS, '').match(HIGH_BYTES)?.length ?? 0
      odd ||= NOT_IN_1258.test(bytes)
    }
  } finally {
    await file.close()
  }
  return { letters, others, odd }
}
