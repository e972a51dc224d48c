import { setTimeout as wait } from 'node:timers/promises'
import {
  type BookFile,
  type FileState,
  type listFiles,
  Problem,
  type ReplyOf,
  type UploadReport,
} from '@songnhap/contracts'
import type { Api } from './api.ts'
import { patiently } from './patiently.ts'

const LOOK_EVERY_MS = 300
/**
 * Of a service that answers. Above what reading may take without a sign of it: a ZIP 20 minutes in two
 * tries, which may have to wait for others.
 */
const STALLED_AFTER_MS = 3_600_000

export interface FileToUpload {
  readonly name: string
  /** Its bytes, when its turn has come. */
  open(): Promise<Blob>
}

/** What became of a file in the end: as the book's list says, or as the upload was answered. */
export interface UploadedFile {
  readonly name: string
  readonly state: FileState
}

export interface UploadProgress {
  readonly sent: number
  /** Of those sent, how many have been read to their end; more where a ZIP held more. */
  readonly read: number
  readonly name: string
}

/**
 * Uploads files one by one in their order, then waits until every one of them has been read; what was
 * in a ZIP follows it. Sending again what is there already adds nothing.
 */
export async function uploadFiles(
  api: Api,
  bookId: string,
  files: Iterable<FileToUpload>,
  watch: (progress: UploadProgress) => void = () => {},
): Promise<UploadedFile[]> {
  const reports: UploadReport['files'] = []
  for (const file of files) {
    watch({ sent: reports.length, read: 0, name: file.name })
    reports.push(await sendFile(api, bookId, file))
  }
  const wanted = new Set(reports.flatMap((report) => fileOf(report, bookId)))
  const done = await readToTheEnd(api, bookId, wanted, (read, name) =>
    watch({ sent: reports.length, read, name }),
  )
  return reports.flatMap((report) => outcomesOf(report, done))
}

/** Later files wait for this one: their order is the order in the book. */
export async function sendFile(
  api: Api,
  bookId: string,
  { name, open }: FileToUpload,
): Promise<UploadReport['files'][number]> {
  const file = await open()
  let tries = 0
  return await patiently(async () => {
    tries += 1
    const path = `/api/books/${bookId}/files`
    const [report] = (await api.upload<UploadReport>(path, [{ name, file }])).files
    if (report === undefined) throw new Error(`the gateway did not say what became of ${name}`)
    const isBusy = report.outcome === 'refused' && report.problem.code === 'UNAVAILABLE'
    if (isBusy) throw Problem.from(report.problem)
    // Taken in by a try whose answer was lost.
    const isOurs = report.outcome === 'duplicate' && tries > 1 && report.of.name === report.fileName
    if (!isOurs || report.of.bookId !== bookId) return report
    return { fileName: report.fileName, outcome: 'accepted', fileId: report.of.fileId }
  })
}

/** The file in this book's list that tells how this one ends. */
function fileOf(report: UploadReport['files'][number], bookId: string): string[] {
  if (report.outcome === 'accepted') return [report.fileId]
  return report.outcome === 'duplicate' && report.of.bookId === bookId ? [report.of.fileId] : []
}

/** Follows the book's list, which stands in the order of reading: what is done is looked at once. */
async function readToTheEnd(
  api: Api,
  bookId: string,
  wanted: ReadonlySet<string>,
  watch: (read: number, name: string) => void,
): Promise<Map<string, BookFile>> {
  const done = new Map<string, BookFile>()
  const isOurs = (file: BookFile) => wanted.has(file.fileId) || wanted.has(file.inside ?? '')
  let after = ''
  let movedAt = Date.now()
  let seen = ''
  while (wanted.size > 0) {
    const path = `/api/books/${bookId}/files${after === '' ? '' : `?after=${after}`}`
    const { files, more } = await patiently(() => api.get<ReplyOf<typeof listFiles>>(path))
    const end = files.findIndex(({ state }) => state.is === 'waiting' || state.is === 'reading')
    const read = end < 0 ? files : files.slice(0, end)
    for (const file of read) if (isOurs(file)) done.set(file.fileId, file)
    const open = files[read.length]
    watch(done.size, open?.name ?? '')
    const allDone = [...wanted].every((fileId) => done.has(fileId))
    if (allDone && !more && (open === undefined || !isOurs(open))) break
    // The one that this began behind may have been sent again, and stand behind ours now.
    after = read.at(-1)?.fileId ?? (files.length === 0 ? '' : after)

    const now = JSON.stringify([done.size, open?.fileId, open?.state])
    if (now !== seen) movedAt = Date.now()
    seen = now
    if (Date.now() - movedAt > STALLED_AFTER_MS) throw new Error('no file is being read any more')
    if (!more || open !== undefined) await wait(LOOK_EVERY_MS)
  }
  return done
}

function outcomesOf(
  report: UploadReport['files'][number],
  done: ReadonlyMap<string, BookFile>,
): UploadedFile[] {
  const name = report.fileName
  if (report.outcome === 'refused') {
    return [{ name, state: { is: 'refused', problem: report.problem } }]
  }
  const again = report.outcome === 'duplicate'
  const file = again ? (done.get(report.of.fileId) ?? report.of) : done.get(report.fileId)
  if (file === undefined) throw new Error(`${name} was accepted and is not in the list`)
  const inside = [...done.values()].filter((one) => one.inside === file.fileId)
  return [{ ...file, name }, ...inside].map((one) => (again ? asSentAgain(one) : one))
}

/** What is the same as a refused file is refused for the same reason. */
function asSentAgain({ name, fileId, state }: BookFile): UploadedFile {
  const keeps = state.is === 'refused' || state.is === 'unpacked'
  return { name, state: keeps ? state : { is: 'duplicate', of: fileId } }
}
