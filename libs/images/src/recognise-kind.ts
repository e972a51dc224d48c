import { open } from 'node:fs/promises'
import { Problem, type ProblemCode } from '@songnhap/contracts'

/** What browsers show: such a file is kept as the page itself. */
const PICTURE_KINDS = ['jpeg', 'png', 'webp'] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]
export type FileKind = PictureKind | 'tiff' | 'pdf' | 'heic' | 'zip'

/** A PDF may begin with something else before its own first line. */
const HEAD_BYTES = 1024

/**
 * By content: archives deliver PNG files named .jpg. Also keeps every other kind, as SVG, away from
 * decoders that were not written for strangers' files. Throws the Problem that names the kind.
 */
export async function recogniseKind(path: string): Promise<FileKind> {
  const head = await readHead(path)
  if (head === '') throw new Problem('FILE_EMPTY')
  const [, kind] = TAKEN.find(([looksSo]) => looksSo(head)) ?? []
  if (kind !== undefined) return kind
  const [, refusal = 'FILE_KIND_UNKNOWN'] = REFUSED.find(([looksSo]) => looksSo(head)) ?? []
  throw new Problem(refusal)
}

/** Undefined for anything that is no picture as browsers show it. */
export async function recognisePicture(path: string): Promise<PictureKind | undefined> {
  const head = await readHead(path)
  const [, kind] = TAKEN.find(([looksSo]) => looksSo(head)) ?? []
  return PICTURE_KINDS.find((picture) => picture === kind)
}

/** One character a byte. */
async function readHead(path: string): Promise<string> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  return buffer.toString('latin1', 0, bytesRead)
}

type Looks = (head: string) => boolean

const at =
  (offset: number, ...marks: string[]): Looks =>
  (head) =>
    marks.some((mark) => head.startsWith(mark, offset))
const both =
  (one: Looks, other: Looks): Looks =>
  (head) =>
    one(head) && other(head)
const either =
  (one: Looks, other: Looks): Looks =>
  (head) =>
    one(head) || other(head)
const ofIsoMedia = (...brands: string[]) => both(at(4, 'ftyp'), at(8, ...brands))
const ofRiff = (...forms: string[]) => both(at(0, 'RIFF'), at(8, ...forms))

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']

const TAKEN: readonly [looksSo: Looks, kind: FileKind][] = [
  [at(0, '\xff\xd8\xff'), 'jpeg'],
  [at(0, '\x89PNG\r\n\x1a\n'), 'png'],
  [ofRiff('WEBP'), 'webp'],
  [at(0, 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'), 'tiff'],
  [ofIsoMedia(...HEIC_BRANDS), 'heic'],
  [at(0, 'PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'), 'zip'],
  [(head) => head.includes('%PDF-'), 'pdf'],
]

const PICTURES = ['GIF8', 'BM', '\0\0\0\x0cjP  ', '\xff\x4f\xff\x51', '8BPS']
const ARCHIVES = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', '\x1f\x8b', 'BZh', '\xfd7zXZ\0']

const REFUSED: readonly [looksSo: Looks, refusal: ProblemCode][] = [
  [either(at(0, ...PICTURES), ofIsoMedia('avif', 'avis')), 'PICTURE_KIND'],
  [at(0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '{\\rtf'), 'OFFICE_DOCUMENT'],
  [(head) => /^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|!--|html|svg)/i.test(head), 'WEB_DOCUMENT'],
  [either(at(0, ...ARCHIVES), at(257, 'ustar')), 'ARCHIVE_KIND'],
  [either(at(4, 'ftyp'), ofRiff('AVI ', 'WAVE')), 'MEDIA_FILE'],
  [at(0, 'ID3', 'OggS', '\x1a\x45\xdf\xa3'), 'MEDIA_FILE'],
  [(head) => !/[^\P{Cc}\t\n\r\x80-\x9f]/u.test(head), 'PLAIN_TEXT'],
]
