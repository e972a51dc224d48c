/**
 * Files that come in parts, by the tus protocol: an upload that was cut goes on where it stopped, through any
 * gateway, since all have the image store's folder in common (decision 0018). What is whole is taken as
 * any other uploaded file.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FILE_BYTES_MAX, Problem } from '@songnhap/contracts'
import { type Errand, errand } from '@songnhap/database'
import { FileStore } from '@tus/file-store'
import { Server, type Upload } from '@tus/server'
import type { Logger } from 'pino'
import { uuidv7 } from 'uuidv7'

/** Beside what is received; the image store knows nothing of it. */
const FOLDER = 'unfinished'
const EXPIRES_AFTER_MS = 48 * 3_600_000
const SWEEP_EVERY_MS = 3_600_000
/** Of all that is unfinished together, as it was announced. */
const ALL_BYTES_MAX = 20 * 1024 ** 3
const UPLOADS_MAX = 2_000
/** Node's code for what is not there. */
const MISSING = 'ENOENT'

export type PartedUploads = ReturnType<typeof openPartedUploads>

export function openPartedUploads(imagesFolder: string, log: Logger) {
  const directory = join(imagesFolder, FOLDER)
  const store = new FileStore({ directory, expirationPeriodInMilliseconds: EXPIRES_AFTER_MS })
  const tus = new Server({
    path: '/api/uploads',
    datastore: store,
    maxSize: FILE_BYTES_MAX,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: () => uuidv7(),
    onUploadCreate: async (_request, upload) => {
      await refuseTooMuch(store, directory, upload)
      return {}
    },
    onResponseError: (_request, error) => {
      // A Problem of ours has its status only; what it is, is said by who asked.
      if (error instanceof Problem) return { status_code: error.status, body: error.code }
      const isOfProtocol = 'status_code' in error && error.status_code < 500
      if (!isOfProtocol) log.warn({ err: error }, 'a part of an upload was not taken')
      return undefined
    },
  })
  return {
    handle: (request: Request) => tus.handleWeb(request),

    has: async (uploadId: string) => (await find(store, uploadId)) !== undefined,

    /** The bytes of an upload that is whole. Problem NOT_FOUND, or UPLOAD_BUSY when some are missing. */
    async open(uploadId: string): Promise<Readable> {
      const upload = await find(store, uploadId)
      if (upload === undefined) throw new Problem('NOT_FOUND')
      if (upload.offset !== upload.size) throw new Problem('UPLOAD_BUSY')
      return store.read(uploadId)
    },

    sweep: (): Errand =>
      errand('sweep unfinished uploads', SWEEP_EVERY_MS, log, () => sweep(store, directory)),
  }
}

async function find(store: FileStore, uploadId: string): Promise<Upload | undefined> {
  try {
    return await store.getUpload(uploadId)
  } catch (error) {
    // Errors of the protocol are plain objects; those of the disk are not.
    if (error instanceof Error && Reflect.get(error, 'code') !== MISSING) throw error
    return undefined
  }
}

/** The disk is the installation's own, and pages have to find room on it too. */
async function refuseTooMuch(store: FileStore, directory: string, next: Upload): Promise<void> {
  if (next.size === undefined) throw new Problem('MALFORMED', ['an upload says how long it is'])
  const ids = await idsIn(directory)
  if (ids.length >= UPLOADS_MAX) throw new Problem('UPLOADS_FULL')
  const uploads = await Promise.all(ids.map((id) => find(store, id)))
  const bytes = uploads.reduce((sum, upload) => sum + (upload?.size ?? 0), next.size)
  if (bytes > ALL_BYTES_MAX) throw new Problem('UPLOADS_FULL')
}

async function idsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory)
  return names.filter((name) => !name.endsWith('.json'))
}

/** By when something of it came last, whole or not: who never asked for it does not come any more. */
async function sweep(store: FileStore, directory: string): Promise<void> {
  for (const id of await idsIn(directory)) {
    const { mtimeMs } = await stat(join(directory, id))
    if (Date.now() - mtimeMs > EXPIRES_AFTER_MS) await store.remove(id)
  }
}
