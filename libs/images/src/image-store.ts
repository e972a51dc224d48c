import type { Readable } from 'node:stream'
import type { ImageSize } from '@songnhap/contracts'
import type { MadePage } from './decoding/job.ts'
import type { ReceivedFile } from './receive-stream.ts'
import type { PictureKind } from './recognise-kind.ts'

/**
 * Uploaded files and page images, each under the SHA-256 of its bytes. A file is received, then kept;
 * its pages are made of it by decoders, then kept. Every step may be repeated.
 */
export interface ImageStore {
  /**
   * Takes in a stream of bytes; what was received is not kept yet. Problem FILE_TOO_LARGE when it is
   * longer than `bytesMax`; a stream that breaks off throws its own error. Both leave nothing.
   */
  receive(source: AsyncIterable<Uint8Array>, bytesMax: number): Promise<ReceivedFile>

  /** Forgets what was received and not kept; whoever has sent the same bytes keeps theirs. */
  discard(sha256: string): Promise<void>

  /**
   * Keeps a received file, which is then received no more, until it is forgotten. Problem NOT_FOUND
   * when it was never received.
   */
  keepFile(sha256: string): Promise<void>

  /**
   * Where a kept file lies, for decoders to read. Problem FILE_LOST when it is not kept, FILE_UNREADABLE
   * when the disk does not tell, which may pass.
   */
  pathOfFile(sha256: string): Promise<string>

  /** Forgets a kept file that has become no page. Pages of it that are kept stay. */
  forgetFile(sha256: string): Promise<void>

  /** Keeps a page that was made of this file, in all its sizes. */
  keepPage(fileSha256: string, made: MadePage): Promise<ImageFacts>

  /** Forgets a page that was made and will not be kept. */
  discardPage(made: MadePage): Promise<void>

  /** Whether the page image is kept. */
  has(sha256: string): Promise<boolean>

  /** Problem NOT_FOUND when the page image is not kept. The caller reads or destroys the stream. */
  open(sha256: string, size: ImageSize): Promise<StoredImage>

  /** Removes what a crash left of receiving and making: temporary files after an hour, others after a day. */
  sweep(): Promise<void>

  /** The files that have been kept for a day or longer, but page images. */
  oldFiles(): AsyncIterable<string>

  /** The folder in which decoders leave what they make. */
  readonly incoming: string
}

export interface ImageFacts {
  readonly sha256: string
  readonly format: PictureKind
  /** As it is seen: after the camera's orientation. */
  readonly width: number
  readonly height: number
  readonly bytes: number
}

export interface StoredImage {
  readonly stream: Readable
  readonly bytes: number
  readonly contentType: string
}
