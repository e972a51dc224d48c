import { Problem } from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import type { Decoders, ImageStore } from '@songnhap/images'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { DB } from './schema.gen.ts'

/** What reading files stands on. */
export interface ReadingDesk {
  readonly db: Kysely<DB>
  readonly ledger: Ledger<DB>
  readonly images: ImageStore
  readonly decoders: Decoders
  readonly log: Logger
  readonly leading: AbortSignal
  /** How often a file was tried that could not be read for now, by its id. */
  readonly tries: Map<string, number>
}

/** A file that was not read to its end. */
export interface WaitingFile {
  readonly fileId: string
  readonly campaignId: string
  readonly bookId: string
  readonly place: number
  readonly entry: number
  readonly sha256: string
  readonly pages: number | null
  readonly pagesDone: number
  /** The page in whose place its page comes; null for the next place of the book. */
  readonly replaces: string | null
}

/** What is wrong with a file is an outcome; anything else that fails may pass, and is thrown. */
export async function unlessProblem<T>(work: () => Promise<T>): Promise<T | Problem> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
