import type { ProblemBody } from '@songnhap/contracts'
import type { PictureKind } from '../recognise-kind.ts'

/** What a decoder process is asked to do with one file. Its results lie in `folder` as new files. */
export interface Job {
  readonly what: 'examine' | 'page' | 'unpack'
  readonly path: string
  readonly folder: string
  /** From 1; for `page` only. */
  readonly page: number
  readonly pagesMax: number
  readonly entriesMax: number
}

/** A page in three sizes, in files that nobody else knows. */
export interface MadePage {
  readonly format: PictureKind
  /** As it is seen: after the camera's orientation. */
  readonly width: number
  readonly height: number
  /** Undefined when the file itself is the page. */
  readonly original: { path: string; sha256: string; bytes: number } | undefined
  readonly display: string
  readonly thumbnail: string
}

export type Examined =
  | { readonly is: 'picture'; readonly page: MadePage }
  | { readonly is: 'pages'; readonly pages: number }
  | { readonly is: 'zip' }

/** A file that was in a ZIP, received under its hash; or why not. */
export type Unpacked =
  | { readonly name: string; readonly sha256: string; readonly bytes: number }
  | { readonly name: string; readonly problem: ProblemBody }

export interface Results {
  readonly examine: Examined
  readonly page: MadePage
  readonly unpack: readonly Unpacked[]
}

export type Answer =
  | { readonly result: unknown; readonly memoryBytes: number }
  | { readonly problem: ProblemBody; readonly memoryBytes: number }
  /** May pass, as a full disk; or is that the disk cannot give this very file. */
  | { readonly passing: string; readonly isOfFile: boolean; readonly memoryBytes: number }

/** How a process ended instead of answering. */
export type End = 'killed' | 'crashed' | 'too slow'
