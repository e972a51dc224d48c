import { Problem } from '@songnhap/contracts'
import { type FileKind, recogniseKind } from '../recognise-kind.ts'
import type { Container } from './container.ts'
import type { Examined, Job, MadePage, Results } from './job.ts'
import { pageOfPicture } from './make-page.ts'
import { openHeic } from './open-heic.ts'
import { openPdf } from './open-pdf.ts'
import { openTiff } from './open-tiff.ts'
import { unpackZip } from './unpack-zip.ts'

const OPENERS = { tiff: openTiff, pdf: openPdf, heic: openHeic }

/** The last one stays open: its next page is probably asked for next. */
let held: { readonly path: string; readonly container: Container } | undefined

export async function carryOut(job: Job): Promise<Results[Job['what']]> {
  const { path, folder } = job
  switch (job.what) {
    case 'examine':
      return await examine(path, folder, job.pagesMax)
    case 'page':
      return await readPage(path, job.page, folder)
    case 'unpack':
      return await unpackZip(path, folder, job.entriesMax)
  }
}

async function examine(path: string, folder: string, pagesMax: number): Promise<Examined> {
  const kind = await recogniseKind(path)
  if (kind === 'zip') return { is: 'zip' }
  if (!isContainer(kind)) return { is: 'picture', page: await pageOfPicture(path, folder, kind) }
  const { pages } = await openContainer(path, kind)
  if (pages > pagesMax) throw new Problem('PAGES_TOO_MANY')
  return { is: 'pages', pages }
}

async function readPage(path: string, page: number, folder: string): Promise<MadePage> {
  const kind = await recogniseKind(path)
  if (!isContainer(kind)) throw new TypeError(`a file of kind ${kind} has no pages inside`)
  return await (await openContainer(path, kind)).readPage(page, folder)
}

async function openContainer(path: string, kind: keyof typeof OPENERS): Promise<Container> {
  if (held?.path === path) return held.container
  held?.container.close()
  held = undefined
  const container = await OPENERS[kind](path)
  held = { path, container }
  return container
}

function isContainer(kind: FileKind): kind is keyof typeof OPENERS {
  return kind in OPENERS
}
