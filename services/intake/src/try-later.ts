import type { Problem } from '@songnhap/contracts'
import type { ReadingDesk, WaitingFile } from './reading-desk.ts'

/** With the pauses of its book, half a minute. */
const TRIES_MAX = 6

/** The disk could not be read, which may have another outcome next time. */
export function mayPass({ code }: Problem): boolean {
  return code === 'FILE_UNREADABLE'
}

/**
 * Throws, since what is wrong with a file may be the disk, or the load of the machine, and may pass;
 * its book is read on from here later. After so many times it returns: then that is how the file ends,
 * or it would hold up its book for ever.
 */
export function tryLater(
  { tries, log }: ReadingDesk,
  { fileId }: WaitingFile,
  problem: Problem,
): void {
  const times = (tries.get(fileId) ?? 0) + 1
  tries.set(fileId, times)
  if (times < TRIES_MAX)
    throw new Error(`a file is tried again: ${problem.code}`, { cause: problem })
  if (times === TRIES_MAX)
    log.error({ err: problem.cause ?? problem, fileId }, 'a file is given up')
}
