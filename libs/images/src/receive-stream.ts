import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Problem } from '@songnhap/contracts'
import { moveDurably, writeTemporary } from './durable-files.ts'

export interface ReceivedFile {
  readonly sha256: string
  readonly bytes: number
}

/**
 * Takes a stream of bytes into a folder, as `<sha256>.<copy>`; leaves nothing when it is too long or
 * breaks off. The same bytes may be on their way twice, and what one forgets the other must not miss.
 */
export async function receiveStream(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
  copy: string = randomUUID(),
): Promise<ReceivedFile> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* measured() {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > bytesMax) throw new Problem('FILE_TOO_LARGE')
      hash.update(chunk)
      yield chunk
    }
  }
  const temporary = await writeTemporary(folder, measured())
  const sha256 = hash.digest('hex')
  await moveDurably(temporary, join(folder, nameOfCopy(sha256, copy)))
  return { sha256, bytes }
}

export function nameOfCopy(sha256: string, copy: string): string {
  return `${sha256}.${copy}`
}
