import type { Readable } from 'node:stream'
import type { ImageSize } from '@songnhap/contracts'
import type { ImageFormat } from './recognise-format.ts'

/** Page images under their SHA-256. Two steps, so that a file may be looked up before it is kept. */
export interface ImageStore {
  /**
   * Takes in a stream of bytes; what was received is not kept yet. Problem IMAGE_TOO_LARGE when it
   * is longer than `bytesMax`; a stream that breaks off throws its own error. Both leave nothing.
   */
  receive(
    source: AsyncIterable<Uint8Array>,
    bytesMax: number,
  ): Promise<{ sha256: string; bytes: number }>

  /**
   * Keeps what was received, with its display copies; again for the same hash changes nothing.
   * Problem IMAGE_KIND_UNKNOWN, IMAGE_UNREADABLE or IMAGE_TOO_LARGE when it is not a page image that
   * can be shown, which is then forgotten; NOT_FOUND when it was never received.
   */
  keep(sha256: string): Promise<ImageFacts>

  /** Forgets what was received and not kept. */
  discard(sha256: string): Promise<void>

  /** Whether the image is kept. */
  has(sha256: string): Promise<boolean>

  /** Problem NOT_FOUND when the image is not kept. The caller reads or destroys the stream. */
  open(sha256: string, size: ImageSize): Promise<StoredImage>
}

export interface ImageFacts {
  readonly sha256: string
  readonly format: ImageFormat
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
