import { open } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { PlaceCounter } from './place-counter.ts'
import type { FilePlace } from './table-error.ts'

const CHUNK_BYTES = 1 << 20

/** Where a file has its first bytes that are no text in this encoding; null: nowhere. */
export async function findInvalidBytes(
  path: string,
  label: string,
  bom: number,
): Promise<FilePlace | null> {
  const decoder = fatalDecoder(label)
  const counter = new PlaceCounter()
  const file = await open(path)
  let held: Buffer = Buffer.alloc(0)
  try {
    const stream = file.createReadStream({ start: bom, highWaterMark: CHUNK_BYTES })
    for await (const chunk of stream) {
      // What the decoder still holds of the chunk before belongs to the place that is looked for.
      const bytes = Buffer.concat([held, chunk as Buffer])
      const text = tryDecode(decoder, chunk as Buffer, true)
      if (text === null) return locate(bytes, label, counter)
      counter.pass(text)
      held = bytes.subarray(bytesOf(text, label))
    }
    return tryDecode(decoder, Buffer.alloc(0), false) === null ? counter.place : null
  } finally {
    await file.close()
  }
}

function fatalDecoder(label: string): TextDecoder {
  return new TextDecoder(label, { fatal: true, ignoreBOM: true })
}

function tryDecode(decoder: TextDecoder, bytes: Buffer, stream: boolean): string | null {
  try {
    return decoder.decode(bytes, { stream })
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** How many bytes a text was made of. Encodings other than Unicode hold nothing back that matters. */
function bytesOf(text: string, label: string): number {
  return label.startsWith('utf-16') ? 2 * text.length : Buffer.byteLength(text)
}

/** The longest beginning that is text, by halves; what is wrong stands behind it. */
function locate(bytes: Buffer, label: string, counter: PlaceCounter): FilePlace {
  let [low, high] = [0, bytes.length]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (tryDecode(fatalDecoder(label), bytes.subarray(0, middle), true) === null) high = middle - 1
    else low = middle
  }
  counter.pass(fatalDecoder(label).decode(bytes.subarray(0, low), { stream: true }))
  return counter.place
}
