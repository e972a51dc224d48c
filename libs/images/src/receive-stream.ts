import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Problem } from '@songnhap/contracts'
import { moveDurably, writeTemporary } from './durable-files.ts'

export interface ReceivedFile {
  readonly sha256: string
  readonly bytes: number
}

/** Takes a stream of bytes into a folder, under its hash; leaves nothing when it is too long or breaks off. */
export async function receiveStream(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
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
  await moveDurably(temporary, join(folder, sha256))
  return { sha256, bytes }
}
