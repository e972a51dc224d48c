import { openAsBlob } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, sep } from 'node:path'
import { type Api, type UploadedFile, uploadFiles } from '@songnhap/client'
import { Problem, type ProblemBody, readFileName } from '@songnhap/contracts'
import { SingleBar } from 'cli-progress'
import { UsageError } from './usage-error.ts'

/**
 * Uploads every file of a folder in the order of the names, and waits until all are read. What is
 * there already is noticed and not doubled, so a broken-off upload is simply run again. Returns 1 if
 * any file, or any page of one, was refused.
 */
export async function uploadFolder(api: Api, folder: string, bookId: string): Promise<number> {
  const files = await listFiles(folder)
  if (files.length === 0) throw new UsageError(`no file in ${folder}`)
  await checkBook(api, bookId)
  const bar = new SingleBar({
    format: 'gửi / sent {sent}, đọc / read {bar} {value}/{total} {name}',
    stream: process.stderr,
  })
  bar.start(files.length, 0, { sent: 0, name: '' })
  try {
    const uploaded = await uploadFiles(api, bookId, files, ({ sent, read, name }) => {
      bar.setTotal(Math.max(files.length, read))
      bar.update(read, { sent, name })
    })
    bar.stop()
    return summarise(uploaded)
  } finally {
    bar.stop()
  }
}

/** Of a book that is not there, every single file would be refused. */
async function checkBook(api: Api, bookId: string): Promise<void> {
  try {
    await api.get(`/api/books/${bookId}/files`)
  } catch (error) {
    const isUnknown = error instanceof Problem && ['NOT_FOUND', 'MALFORMED'].includes(error.code)
    if (!isUnknown) throw error
    throw new UsageError(`there is no book ${bookId}; songnhap campaigns lists them`)
  }
}

async function listFiles(path: string) {
  const kind = await stat(path).catch((error: Error) => {
    throw new UsageError(`what is to be uploaded cannot be read: ${error.message}`)
  })
  if (kind.isFile()) return [{ name: basename(path), open: () => openAsBlob(path) }]
  return await listFolder(path)
}

/** Names as bytes: those from old disks are no UTF-8, and would lead to no file. */
async function listFolder(folder: string) {
  const files = []
  for (const bytes of await readdir(folder, { encoding: 'buffer' })) {
    const name = readFileName(bytes)
    const path = Buffer.concat([Buffer.from(folder + sep), bytes])
    // Not the entry's own kind: a scan may be a link to one.
    if (name.startsWith('.')) continue
    if (!(await stat(path)).isFile()) {
      print(`${name}: thư mục, không đọc / a folder, not read: upload it by itself`)
      continue
    }
    files.push({ name, open: () => openAsBlob(path) })
  }
  const byName = new Intl.Collator('vi', { numeric: true })
  return files.sort((one, other) => byName.compare(one.name, other.name))
}

function summarise(uploaded: readonly UploadedFile[]): number {
  const counts = { pages: 0, there: 0, refused: 0, refusedPages: 0 }
  for (const { name, state } of uploaded) {
    if (state.is === 'received') {
      counts.pages += state.pages
      counts.refusedPages += state.refused
      for (const { pageInFile, problem } of state.refusedPages) {
        print(`${name}, trang / page ${pageInFile}: ${inWords(problem)}`)
      }
    } else if (state.is === 'duplicate') {
      counts.there += 1
      print(`${name}: đã có / is there already`)
    } else if (state.is === 'refused') {
      counts.refused += 1
      print(`${name}: ${inWords(state.problem)}`)
    }
  }
  const { pages, there, refused, refusedPages } = counts
  print(`${pages} trang đã nhận, ${there} tệp đã có, ${refused} tệp bị từ chối`)
  print(`${pages} pages received, ${there} files there already, ${refused} files refused`)
  if (refusedPages > 0) print(`${refusedPages} trang không đọc được / pages could not be read`)
  return refused + refusedPages > 0 ? 1 : 0
}

function inWords({ message, details = [] }: ProblemBody): string {
  return [`${message.vi} / ${message.en}`, ...details].join(' – ')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
