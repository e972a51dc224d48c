/** Decodes a picture while this process may open nothing more, then once it may again. */
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openDecoders } from '../src/index.ts'

const [, , path = ''] = process.argv
const decoders = openDecoders(dirname(path))
const taken: FileHandle[] = []
try {
  for (;;) taken.push(await open(path))
} catch {
  // None is left.
}
const failure = await decoders.examine(path).catch((error: unknown) => error)
process.stdout.write(`failed: ${failure}\n`)
for (const handle of taken) await handle.close()
process.stdout.write(`then: ${(await decoders.examine(path)).is}\n`)
decoders.close()
