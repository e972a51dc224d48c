import { setTimeout as wait } from 'node:timers/promises'
import { type Api, patiently, sendFile } from '@songnhap/client'
import { type BookFile, type Page, Problem, type TypedRecords } from '@songnhap/contracts'
import type { PageSource } from './page-source.ts'
import { readAll } from './read-all.ts'

const AT_ONCE = 2
const PAGES_A_BOOK = 25
const LOOK_EVERY_MS = 500
const TRIES_MAX = 200
const AGAIN_MS = 300

/** What stands on the pages that have been taken in so far, by page id. */
export interface KnownPages {
  readonly truths: ReadonlyMap<string, TypedRecords>
  /** Waits while the page is so new that its upload has not been answered yet. */
  truthOf(pageId: string): Promise<TypedRecords>
}

/** Uploads all pages, a few at once, into books of 25. Scans that come twice are one page. */
export async function uploadPages(
  api: Api,
  campaignId: string,
  source: PageSource,
  known: Map<string, TypedRecords>,
  stop: AbortSignal,
  uploaded: () => void,
): Promise<void> {
  const books = await openBooks(api, campaignId, source.total)
  const truths = new Map<string, TypedRecords>()
  const indexes = Array.from({ length: source.total }, (_, index) => index).values()
  const carry = async () => {
    for (const index of indexes) {
      if (stop.aborted) return
      const { fileName, image, truth } = await source.page(index)
      const bookId = books[Math.floor(index / PAGES_A_BOOK)] ?? ''
      truths.set(await uploadOne(api, bookId, fileName, image), truth)
      uploaded()
    }
  }
  const sending = Promise.all(Array.from({ length: AT_ONCE }, carry))
  await Promise.all([sending, learnPages(api, campaignId, books, truths, known, sending, stop)])
}

async function openBooks(api: Api, campaignId: string, total: number): Promise<string[]> {
  const books: string[] = []
  for (let first = 0; first < total; first += PAGES_A_BOOK) {
    const bookId = crypto.randomUUID()
    const title = `Quyển ${String(books.length + 1).padStart(2, '0')}`
    await patiently(() => api.post(`/api/campaigns/${campaignId}/books`, { bookId, title }))
    books.push(bookId)
  }
  return books
}

/** Learns which page each file became, until that is known of all of them. */
async function learnPages(
  api: Api,
  campaignId: string,
  books: readonly string[],
  truths: ReadonlyMap<string, TypedRecords>,
  known: Map<string, TypedRecords>,
  sending: Promise<unknown>,
  stop: AbortSignal,
): Promise<void> {
  let allSent = false
  void sending.then(
    () => {
      allSent = true
    },
    () => {},
  )
  while (!stop.aborted) {
    const isLast = allSent
    const path = `/api/campaigns/${campaignId}/pages`
    for (const { pageId, fileId } of await readAll<Page>(api, path, 'pages', 'pageId')) {
      const truth = truths.get(fileId)
      if (truth !== undefined) known.set(pageId, truth)
    }
    if (isLast && known.size >= truths.size) return
    if (isLast) await failIfRefused(api, books)
    await wait(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => {})
  }
}

async function failIfRefused(api: Api, books: readonly string[]): Promise<void> {
  for (const bookId of books) {
    const files = await readAll<BookFile>(api, `/api/books/${bookId}/files`, 'files', 'fileId')
    for (const { name, state } of files) {
      if (state.is === 'refused') throw new Error(`${name}: ${state.problem.message.en}`)
    }
  }
}

export function knownPages(truths: ReadonlyMap<string, TypedRecords>): KnownPages {
  return {
    truths,
    async truthOf(pageId) {
      for (let tries = 0; tries < TRIES_MAX; tries += 1) {
        const truth = truths.get(pageId)
        if (truth !== undefined) return truth
        await wait(AGAIN_MS)
      }
      throw new Error('a page was handed out whose upload was never answered')
    },
  }
}

/** The id of the file; of the one that was there before, when it is a duplicate. */
async function uploadOne(
  api: Api,
  bookId: string,
  name: string,
  image: Uint8Array,
): Promise<string> {
  const file = { name, open: async () => new Blob([new Uint8Array(image)]) }
  const report = await sendFile(api, bookId, file)
  if (report.outcome === 'refused') throw Problem.from(report.problem)
  return report.outcome === 'accepted' ? report.fileId : report.of.fileId
}
