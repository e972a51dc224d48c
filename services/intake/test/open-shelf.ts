/** Intake with one campaign and one book, on a real database and image store; its reading goes on. */
import { Readable } from 'node:stream'
import { type BookFile, Problem } from '@songnhap/contracts'
import { openLedger } from '@songnhap/database'
import { DECODING_LIMITS, type DecodingLimits, openImageStore } from '@songnhap/images'
import { eventually, newBook, newCampaign, testDatabase } from '@songnhap/testkit'
import { pino } from 'pino'
import type { Test } from 'tap'
import { listFiles } from '../src/list-files.ts'
import { openBook } from '../src/open-book.ts'
import { openCampaign } from '../src/open-campaign.ts'
import { READING_PACE, type ReadingPace, readFiles } from '../src/read-files.ts'
import { receiveFile } from '../src/receive-file.ts'
import type { DB } from '../src/schema.gen.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const FILE_BYTES_MAX = 10_000_000
const READ_WITHIN_MS = 60_000

export async function openShelf(t: Test) {
  const { db } = await testDatabase<DB>(t, 'intake', MIGRATIONS)
  const ledger = openLedger(db, () => {})
  const folder = t.testdir()
  const images = await openImageStore(folder)
  const campaign = newCampaign()
  const book = newBook(campaign)
  await openCampaign(ledger, campaign)
  await openBook(ledger, book)
  /** A line each. */
  const logged: string[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void logged.push(line) })
  const isOpen = ({ state }: BookFile) => state.is === 'waiting' || state.is === 'reading'
  return {
    db,
    ledger,
    folder,
    images,
    campaign,
    book,
    logged,
    /** Uploads a file into a book. */
    async receive(bytes: Uint8Array, name = 'trang.png', bookId = book.bookId) {
      const { sha256 } = await images.receive(Readable.from([bytes]), FILE_BYTES_MAX)
      return await receiveFile(db, images, { bookId, fileName: name, sha256 })
    },
    /** Reads on until stopped. */
    startReading(limits: Partial<DecodingLimits> = {}, pace: Partial<ReadingPace> = {}) {
      const stop = new AbortController()
      const allLimits = { ...DECODING_LIMITS, ...limits }
      const reading = readFiles(db, ledger, images, log, allLimits, { ...READING_PACE, ...pace })
      const end = reading.run(stop.signal)
      const stopReading = async () => {
        stop.abort()
        await end
      }
      t.teardown(stopReading)
      return stopReading
    },
    /** The files of a book once all are read. */
    async readFiles(bookId = book.bookId): Promise<readonly BookFile[]> {
      const { files } = await eventually(
        () => listFiles(db, { bookId }),
        (list) => !list.files.some(isOpen),
        READ_WITHIN_MS,
      )
      return files
    },
  }
}

/** `received 1`, `refused FILE_EMPTY`, … */
export function inShort({ state }: BookFile): string {
  switch (state.is) {
    case 'received':
      return `received ${state.pages}`
    case 'unpacked':
      return `unpacked ${state.files}`
    case 'refused':
      return `refused ${state.problem.code}`
    default:
      return state.is
  }
}

export async function codeOf(doing: Promise<unknown>): Promise<string> {
  try {
    await doing
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  throw new Error('it was not refused')
}
