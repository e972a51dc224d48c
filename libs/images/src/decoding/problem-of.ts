import { Problem } from '@songnhap/contracts'

const ENDS_EARLY = /premature end|unable to parse|read error|truncated|not enough|unexpected end/i
/** As sharp says it, without a code: another campaign has made the file a page meanwhile. */
const IS_GONE = /^input file is missing/i
const NEEDS_MEMORY = /allocation failed|out of memory|memory allocation/i

/**
 * What an error says about the file. The decoders' own texts are for programmers, and may name
 * paths. Thrown again is what says nothing about the file, as a full disk.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (!(error instanceof Error)) return new Problem('FILE_DAMAGED')
  const isGone = ('code' in error && error.code === 'ENOENT') || IS_GONE.test(error.message)
  if (isGone) return new Problem('FILE_LOST')
  if ('syscall' in error) throw error
  if (NEEDS_MEMORY.test(error.message)) return new Problem('FILE_NEEDS_MEMORY')
  return new Problem(ENDS_EARLY.test(error.message) ? 'FILE_TRUNCATED' : 'FILE_DAMAGED')
}
