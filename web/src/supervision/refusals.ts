/** What was not taken of a book's files, as one list: refused at the door, or when it was read. Pure. */
import type { Bilingual, BookFile } from '@songnhap/contracts'
import type { UploadItem } from './uploader.svelte.ts'

export interface Refusal {
  readonly key: string
  readonly fileName: string
  /** Of a file whose other pages came in. */
  readonly page?: number
  readonly why:
    | { readonly is: 'problem'; readonly message: Bilingual }
    | { readonly is: 'duplicate'; readonly of: string }
    | { readonly is: 'litter' }
  /** Whether somebody must do something about it. */
  readonly needsYou: boolean
  /** It was to replace a page, about which one decides elsewhere: uploaded here it would be a page more. */
  readonly isScanAnew?: true
}

export function refusalsOf(items: readonly Item[], files: readonly BookFile[]): Refusal[] {
  return [
    ...items.flatMap((item) => ofItem(item, files)),
    ...files.flatMap((file) => ofFile(file, files)),
  ]
}

type Item = Pick<UploadItem, 'key' | 'path' | 'state' | 'message' | 'same' | 'fileId'>

function ofItem(item: Item, files: readonly BookFile[]): Refusal[] {
  const { key, path: fileName, state, message, same } = item
  if (state === 'duplicate') {
    const refusal = refusalOfSame(item.fileId, files)
    if (refusal !== undefined) {
      return [{ key, fileName, why: { is: 'problem', message: refusal }, needsYou: true }]
    }
  }
  if (state === 'litter') return [{ key, fileName, why: { is: 'litter' }, needsYou: false }]
  if (state === 'duplicate') {
    return [{ key, fileName, why: { is: 'duplicate', of: same ?? fileName }, needsYou: false }]
  }
  if (state !== 'refused' || message === undefined) return []
  return [{ key, fileName, why: { is: 'problem', message }, needsYou: true }]
}

function ofFile(file: BookFile, files: readonly BookFile[]): Refusal[] {
  const { fileId: key, name: fileName, state } = file
  if (state.is === 'duplicate') {
    const refusal = refusalOfSame(state.of, files)
    if (refusal !== undefined) {
      return [{ key, fileName, why: { is: 'problem', message: refusal }, needsYou: true }]
    }
    const of = files.find(({ fileId }) => fileId === state.of)?.name ?? fileName
    return [{ key, fileName, why: { is: 'duplicate', of }, needsYou: false }]
  }
  if (state.is === 'received') {
    return state.refusedPages.map(({ pageInFile, problem }) => ({
      key: `${key} ${pageInFile}`,
      fileName,
      page: pageInFile,
      why: { is: 'problem', message: problem.message },
      needsYou: true,
    }))
  }
  if (state.is !== 'refused' || isMended(file, files)) return []
  const why = { is: 'problem', message: state.problem.message } as const
  if (file.replaces !== undefined) {
    return [{ key, fileName, why, needsYou: false, isScanAnew: true }]
  }
  return [{ key, fileName, why, needsYou: true }]
}

/** The same bytes were refused when they were read: so is what only points to them. */
function refusalOfSame(
  fileId: string | undefined,
  files: readonly BookFile[],
): Bilingual | undefined {
  const state = files.find((file) => file.fileId === fileId)?.state
  return state?.is === 'refused' ? state.problem.message : undefined
}

/** One of the same name, or for the same page, came in. */
function isMended(file: BookFile, files: readonly BookFile[]): boolean {
  const place = files.indexOf(file)
  return files.some(
    ({ name, replaces, state }, index) =>
      (state.is === 'received' || state.is === 'unpacked') &&
      (file.replaces === undefined
        ? index > place && name === file.name
        : replaces === file.replaces),
  )
}

export interface UploadCounts {
  readonly all: number
  readonly received: number
  readonly left: number
  readonly refused: number
  /** There already, and what systems put into folders: nothing to do about either, and not in `all`. */
  readonly same: number
  readonly litter: number
}

/** Every file that was chosen is received, left, refused, there already, or litter: together they are all. */
export function countsOf(
  items: readonly Pick<UploadItem, 'state' | 'fileId'>[],
  files: readonly BookFile[],
): UploadCounts {
  const readAs = new Map(files.map(({ fileId, state }) => [fileId, state.is]))
  const counts = { received: 0, left: 0, refused: 0, same: 0, litter: 0 }
  for (const { state, fileId } of items) {
    const isThere = state === 'taken' || state === 'duplicate'
    const read = isThere ? readAs.get(fileId ?? '') : undefined
    if (state === 'waiting' || state === 'sending') counts.left += 1
    else if (state === 'litter') counts.litter += 1
    else if (state === 'refused' || read === 'refused') counts.refused += 1
    else if (state === 'duplicate' || read === 'duplicate') counts.same += 1
    else counts.received += 1
  }
  return { ...counts, all: counts.received + counts.left + counts.refused }
}
