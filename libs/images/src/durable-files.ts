/** Files that are whole and on the disk, or not there: also after a crash or a power cut. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const TEMPORARY_SUFFIX = '.part'

/** Writes a new temporary file in a folder and gives its path; leaves nothing when it fails. */
export async function writeTemporary(
  folder: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  const path = join(folder, `${randomUUID()}${TEMPORARY_SUFFIX}`)
  try {
    await using file = await open(path, 'wx')
    for await (const chunk of chunks) await file.writeFile(chunk)
    await file.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return path
}

/** Renames within one file system, over what is there. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to))
  await rename(from, to)
  await syncFolder(dirname(to))
}

export async function makeFolder(folder: string): Promise<void> {
  const created = await mkdir(folder, { recursive: true })
  if (created !== undefined) await syncFolder(dirname(created))
}

/** A file's name is stored in its folder: without this a rename may be forgotten. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and stores names without being asked.
  if (process.platform === 'win32') return
  await using handle = await open(folder)
  await handle.sync()
}

/** Undefined when there is no such file. */
export async function findFile(
  path: string,
): Promise<{ bytes: number; modifiedMs: number } | undefined> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { bytes: size, modifiedMs: mtimeMs }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Removes what a crash left: temporary files, and others once they are much older. */
export async function sweepFolder(
  folder: string,
  ageMaxMs: { readonly temporary: number; readonly other: number },
): Promise<void> {
  for await (const { name } of await opendir(folder)) {
    const path = join(folder, name)
    const ageMax = name.endsWith(TEMPORARY_SUFFIX) ? ageMaxMs.temporary : ageMaxMs.other
    // Another process may have finished or swept it meanwhile.
    const file = await findFile(path)
    if (file !== undefined && Date.now() - file.modifiedMs > ageMax) await rm(path, { force: true })
  }
}
