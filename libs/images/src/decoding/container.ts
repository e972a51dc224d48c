import type { MadePage } from './job.ts'

/** An opened file of several pages. */
export interface Container {
  readonly pages: number
  /** The page with this number, from 1, made into a picture in `folder`. */
  readPage(page: number, folder: string): Promise<MadePage>
  close(): void
}
