import { openAsBlob } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from '@songnhap/client'
import { Problem, type UploadReport } from '@songnhap/contracts'
import { SingleBar } from 'cli-progress'
import { UsageError } from './usage-error.ts'

const IMAGE_ENDINGS = new Set(['.jpg', '.jpeg', '.png', '.webp'])
const TRIES_MAX = 60
const AGAIN_MS = 2_000

type FileReport = UploadReport['files'][number]

/**
 * Uploads a folder file by file, in the order of the names. What is there already is noticed and
 * not doubled, so a broken-off upload is simply run again. Returns 1 if any file was refused.
 */
export async function uploadFolder(api: Api, folder: string, bookId: string): Promise<number> {
  const files: string[] = []
  for (const name of await readdir(folder)) {
    // Not the entry's own kind: a scan may be a link to one.
    if ((await stat(join(folder, name))).isFile()) files.push(name)
  }
  const images = files.filter((name) => IMAGE_ENDINGS.has(parse(name).ext.toLowerCase()))
  images.sort(new Intl.Collator('vi', { numeric: true }).compare)
  if (images.length === 0) throw new UsageError(`no JPEG, PNG or WebP file in ${folder}`)

  const bar = new SingleBar({ format: '{bar} {value}/{total} {file}', stream: process.stderr })
  bar.start(images.length, 0, { file: '' })
  const reports: FileReport[] = []
  try {
    for (const name of images) {
      bar.update({ file: name })
      reports.push(await uploadFile(api, bookId, folder, name))
      bar.increment()
    }
  } finally {
    bar.stop()
    summarise(reports, files.length - images.length)
  }
  return reports.some(({ outcome }) => outcome === 'refused') ? 1 : 0
}

async function uploadFile(
  api: Api,
  bookId: string,
  folder: string,
  name: string,
): Promise<FileReport> {
  for (let tries = 1; ; tries++) {
    try {
      const file = await openAsBlob(join(folder, name))
      const { files } = await api.upload<UploadReport>(`/api/books/${bookId}/pages`, [
        { name, file },
      ])
      const [report] = files
      if (report === undefined) throw new Error(`the gateway did not say what became of ${name}`)
      // Later files wait for this one: the order of the names is the order in the book.
      if (report.outcome === 'refused' && report.problem.code === 'UNAVAILABLE') {
        throw Problem.from(report.problem)
      }
      return report
    } catch (error) {
      const passing = error instanceof Problem && error.code === 'UNAVAILABLE'
      if (!passing || tries >= TRIES_MAX) throw error
      await wait(AGAIN_MS)
    }
  }
}

function summarise(reports: readonly FileReport[], passedOver: number): void {
  const of = (outcome: FileReport['outcome']) => reports.filter((r) => r.outcome === outcome).length
  for (const report of reports) {
    if (report.outcome === 'duplicate') {
      print(`${report.fileName}: đã có / is there already, as page ${report.page.sequence}`)
    } else if (report.outcome === 'refused') {
      const { code, message, details = [] } = report.problem
      print(`${report.fileName}: ${message.vi} / ${message.en} (${[code, ...details].join(': ')})`)
    }
  }
  print(`${of('received')} received, ${of('duplicate')} there already, ${of('refused')} refused`)
  if (passedOver > 0) print(`${passedOver} other files passed over`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
