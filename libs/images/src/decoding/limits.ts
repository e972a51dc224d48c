import { availableParallelism } from 'node:os'

/**
 * What one decoder process may use, and how many there are: all of them and intake, which takes
 * up to 210 MB, stay below 1 GB together.
 */
export interface DecodingLimits {
  readonly processesMax: number
  /** For one page, or for counting the pages of a file. */
  readonly pageSecondsMax: number
  /** For a whole ZIP. */
  readonly unpackSecondsMax: number
  /** Above it the process ends itself at once. */
  readonly memoryBytesMax: number
  /** Above it the process is replaced once it has answered: memory of WebAssembly never shrinks. */
  readonly memoryBytesKept: number
  readonly jobsMax: number
  /** In one file. */
  readonly pagesMax: number
  /** In one ZIP. */
  readonly entriesMax: number
}

export const DECODING_LIMITS: DecodingLimits = {
  processesMax: Math.min(availableParallelism(), 2),
  pageSecondsMax: 60,
  unpackSecondsMax: 600,
  memoryBytesMax: 390_000_000,
  memoryBytesKept: 360_000_000,
  jobsMax: 500,
  pagesMax: 2_000,
  entriesMax: 5_000,
}

/** All pixels of one page. */
export const PIXELS_MAX = 200_000_000
