import type { Readable } from 'node:stream'
import {
  FILE_BYTES_MAX,
  isFileName,
  Problem,
  type ReplyOf,
  type receiveFile,
  showableFileName,
  type UploadReport,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import { untilTorn } from './until-torn.ts'

type Outcome = UploadReport['files'][number]

interface StoredFile {
  readonly fileName: string
  readonly sha256: string
}

/** Says to intake what the file is for. */
type Telling = (file: StoredFile) => Promise<ReplyOf<typeof receiveFile>>

/**
 * Stores one file of an upload and tells intake, which reads it later. What is wrong with the file is
 * the outcome; thrown is only what ends the upload itself, as a connection that breaks in the middle
 * of a file.
 */
export async function uploadFile(
  images: ImageStore,
  name: string,
  file: Readable,
  tell: Telling,
): Promise<Outcome> {
  const fileName = name.normalize('NFC')
  try {
    if (!isFileName(fileName)) throw new Problem('FILE_NAME_UNUSABLE')
    // Leaving the loop must not destroy the stream: the files behind it come by the same road.
    const chunks = untilTorn(file.iterator({ destroyOnReturn: false }))
    const { sha256 } = await images.receive(chunks, FILE_BYTES_MAX)
    return { fileName, ...(await tellIntake(images, { fileName, sha256 }, tell)) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return {
      fileName: showableFileName(fileName),
      outcome: 'refused',
      problem: error.toBody(),
    }
  } finally {
    // What was not read must be, or the parser never comes to the next file.
    file.resume()
  }
}

async function tellIntake(images: ImageStore, file: StoredFile, tell: Telling) {
  try {
    return await tell(file)
  } catch (error) {
    // Without an answer intake may have taken it, and then has its copy; else it is sent once more.
    await images.discard(file.sha256)
    throw error
  }
}
