import { fromBuffer, type ZipFile } from 'yauzl'
import { SHARED_TEXTS_BYTES_MAX, UNPACKED_BYTES_MAX } from './limits.ts'

const PARTS_MAX = 10_000
const SHARED_TEXTS = /(^|\/)sharedStrings\.xml$/i

/**
 * Whether a workbook would unpack to more than there is room for; says in words why not. By what its
 * directory says of each part: the reader lets no part grow beyond that.
 */
export async function checkArchive(bytes: Buffer): Promise<string | null> {
  const archive = await openArchive(bytes)
  if (archive === null) return 'a damaged workbook: its list of parts cannot be read'
  let [parts, unpacked] = [0, 0]
  return await new Promise((resolve) => {
    archive.on('entry', ({ fileName, uncompressedSize }) => {
      parts += 1
      unpacked += uncompressedSize
      const tooMuch = SHARED_TEXTS.test(fileName) && uncompressedSize > SHARED_TEXTS_BYTES_MAX
      if (parts > PARTS_MAX || unpacked > UNPACKED_BYTES_MAX || tooMuch) {
        resolve('a workbook that unpacks to more than can be read; save the sheet as CSV')
        archive.close()
      } else archive.readEntry()
    })
    archive.on('end', () => resolve(null))
    archive.on('error', () => resolve('a damaged workbook: its list of parts cannot be read'))
    archive.readEntry()
  })
}

async function openArchive(bytes: Buffer): Promise<ZipFile | null> {
  return await new Promise((resolve) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, archive) => {
      resolve(error === null && archive !== undefined ? archive : null)
    })
  })
}
