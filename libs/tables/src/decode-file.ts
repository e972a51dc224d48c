import { open } from 'node:fs/promises'
import { detectEncoding, type Encoding, INVALID, labelled } from './detect-encoding.ts'
import { findInvalidBytes } from './find-invalid-bytes.ts'
import { TableError } from './table-error.ts'

const CHUNK_BYTES = 1 << 18
/** A letter's marks come behind it; no letter of a table has more. */
const MARKS_MAX = 16
const LETTER_WITH_MARKS = new RegExp(`[^\\p{M}]\\p{M}{0,${MARKS_MAX}}$`, 'u')

export interface TextFile {
  readonly path: string
  /** As people know it, for messages. */
  readonly name: string
  readonly encoding: Encoding
}

export async function openText(path: string, name: string, wanted?: string): Promise<TextFile> {
  const encoding =
    wanted === undefined ? await detectEncoding(path, name) : await labelled(path, wanted)
  return { path, name, encoding }
}

/**
 * The text of a file in pieces. From windows-1258, where a tone stands behind its letter, it comes in
 * Unicode form NFC, as everybody else writes it; from Unicode files exactly as it is written.
 */
export async function* decodeFile({ path, name, encoding }: TextFile): AsyncGenerator<string> {
  const { label, bom } = encoding
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
  const compose = label === 'windows-1258'
  const file = await open(path)
  let held = ''
  try {
    const stream = file.createReadStream({ start: bom, highWaterMark: CHUNK_BYTES })
    for await (const chunk of stream) {
      const text = held + decoder.decode(chunk as Buffer, { stream: true })
      held = compose ? (LETTER_WITH_MARKS.exec(text)?.[0] ?? '') : ''
      const piece = text.slice(0, text.length - held.length)
      yield compose ? piece.normalize('NFC') : piece
    }
    yield (held + decoder.decode()).normalize(compose ? 'NFC' : undefined)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const place = await findInvalidBytes(path, label, bom)
    if (place === null) throw error
    throw new TableError(name, INVALID(label), place)
  } finally {
    await file.close()
  }
}
