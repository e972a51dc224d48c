import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  FILE_BYTES_MAX,
  isFileName,
  Problem,
  readFileName,
  showableFileName,
} from '@songnhap/contracts'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { nameOfCopy, receiveStream } from '../receive-stream.ts'
import { recogniseKind } from '../recognise-kind.ts'
import type { Unpacked } from './job.ts'
import { problemOf } from './problem-of.ts'

/** Of all files together, unpacked. */
const BYTES_MAX = 2_000_000_000
/** Pictures hardly shrink; what shrinks more than this, and is not small, is made to do harm. */
const RATIO_MAX = 200
const RATIO_FROM_BYTES = 10_000_000
const COPY_NAME_MAX = 16
const OFFICE_MARKS = new Set(['[Content_Types].xml', 'mimetype'])

interface Packed {
  readonly name: string
  readonly entry: Entry
}

/**
 * Unpacks the files of a ZIP into `folder`, each under its hash, in the order of their names. What is
 * wrong with one of them is its outcome; what is wrong with all of them is thrown.
 */
export async function unpackZip(
  path: string,
  folder: string,
  entriesMax: number,
): Promise<Unpacked[]> {
  const zip = await open(path)
  try {
    const packed = await readDirectory(zip, entriesMax)
    const unpacked: Unpacked[] = []
    for (const [index, { name, entry }] of packed.entries()) {
      // Unpacked once more, it takes no more room.
      const copy = `${basename(path).slice(0, COPY_NAME_MAX)}-${index}`
      unpacked.push(await unpack(zip, name, entry, folder, copy))
    }
    return unpacked
  } finally {
    zip.close()
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, decodeStrings: false, lazyEntries: true })
  } catch (cause) {
    // The disk's, or the machine's: it says nothing about the end of the file.
    if (cause instanceof Error && 'syscall' in cause) throw cause
    throw new Problem('FILE_TRUNCATED', [], { cause })
  }
}

/** What is in it, before anything is unpacked. */
async function readDirectory(zip: ZipFile, entriesMax: number): Promise<Packed[]> {
  if (zip.entryCount > entriesMax) throw new Problem('ZIP_TOO_MANY')
  const packed: Packed[] = []
  let bytes = 0
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry)
    if (OFFICE_MARKS.has(name)) throw new Problem('OFFICE_DOCUMENT')
    bytes += entry.uncompressedSize
    if (bytes > BYTES_MAX) throw new Problem('ZIP_EXPANDS')
    if (!isHidden(name)) packed.push({ name, entry })
  }
  if (packed.length === 0) throw new Problem('ZIP_EMPTY')
  const byName = new Intl.Collator('vi', { numeric: true })
  return packed.sort((one, other) => byName.compare(one.name, other.name))
}

/** The flag for UTF-8 is often missing where it is meant, so the bytes themselves decide. */
function nameOf(entry: Entry): string {
  return readFileName(entry.fileNameRaw).replaceAll('\\', '/')
}

/** Folders, and what computers put beside people's files. */
function isHidden(name: string): boolean {
  return name.endsWith('/') || name.split('/').some((part) => /^(\.[^.]|__MACOSX$)/.test(part))
}

async function unpack(
  zip: ZipFile,
  name: string,
  entry: Entry,
  folder: string,
  copy: string,
): Promise<Unpacked> {
  try {
    checkEntry(name, entry)
    const stream = await zip.openReadStreamPromise(entry)
    const received = await receiveStream(folder, stream, FILE_BYTES_MAX, copy)
    await refuseNested(join(folder, nameOfCopy(received.sha256, copy)))
    return { name, ...received }
  } catch (error) {
    return { name: showableFileName(name), problem: problemOf(error).toBody() }
  }
}

function checkEntry(name: string, entry: Entry): void {
  const { compressedSize, uncompressedSize } = entry
  if (!isFileName(name)) throw new Problem('FILE_NAME_UNUSABLE')
  if (/^(\/|[a-z]:)/i.test(name) || name.split('/').includes('..')) throw new Problem('ZIP_PATH')
  if (entry.isEncrypted()) throw new Problem('ZIP_LOCKED')
  if (!entry.canDecodeFileData()) throw new Problem('ARCHIVE_KIND')
  if (uncompressedSize > FILE_BYTES_MAX) throw new Problem('FILE_TOO_LARGE')
  const isLarge = uncompressedSize > RATIO_FROM_BYTES
  if (isLarge && uncompressedSize > RATIO_MAX * compressedSize) throw new Problem('ZIP_EXPANDS')
}

/** Whatever else is wrong with a file is said when its turn comes. */
async function refuseNested(path: string): Promise<void> {
  const kind = await recogniseKind(path).catch((error: unknown) => problemOf(error).code)
  if (kind !== 'zip') return
  await rm(path, { force: true })
  throw new Problem('ZIP_NESTED')
}
