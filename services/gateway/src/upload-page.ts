import type { Readable } from 'node:stream'
import type { Bus } from '@songnhap/bus'
import { Problem, receivePage, type UploadReport } from '@songnhap/contracts'
import { ContractBroken, checkStrictly } from '@songnhap/contracts/check'
import type { ImageStore } from '@songnhap/images'

export const FILES_MAX = 500
export const FILE_BYTES_MAX = 100 * 1024 * 1024
/** Intake decodes the whole image and makes its copies before it answers. */
const RECEIVE_TIMEOUT_MS = 60_000

type Outcome = UploadReport['files'][number]

/**
 * Stores one file of an upload and tells intake. What is wrong with the file is the outcome;
 * thrown is only what ends the upload itself, as a connection that breaks in the middle of a file.
 */
export async function uploadPage(
  bus: Bus,
  images: ImageStore,
  bookId: string,
  fileName: string,
  file: Readable,
): Promise<Outcome> {
  try {
    checkFileName(fileName)
    // Leaving the loop must not destroy the stream: the files behind it come by the same road.
    const chunks = file.iterator({ destroyOnReturn: false })
    const { sha256 } = await images.receive(chunks, FILE_BYTES_MAX)
    return { fileName, ...(await tellIntake(bus, images, { bookId, fileName, sha256 })) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { fileName, outcome: 'refused', problem: error.toBody() }
  } finally {
    // What was not read must be, or the parser never comes to the next file.
    file.resume()
  }
}

const fileNameCheck = checkStrictly('file name', receivePage.request.properties.fileName)

/** As intake will take it: of one to 255 characters, none of them a control character. */
function checkFileName(fileName: string): void {
  try {
    fileNameCheck(fileName)
  } catch (error) {
    if (!(error instanceof ContractBroken)) throw error
    throw new Problem('MALFORMED', ['a file name has 1 to 255 characters and no control character'])
  }
}

async function tellIntake(
  bus: Bus,
  images: ImageStore,
  page: { bookId: string; fileName: string; sha256: string },
) {
  try {
    return await bus.ask(receivePage, page, RECEIVE_TIMEOUT_MS)
  } catch (error) {
    // Without an answer intake may still be at it, and needs the file.
    const refused = error instanceof Problem && error.code !== 'UNAVAILABLE'
    if (refused) await images.discard(page.sha256)
    throw error
  }
}
