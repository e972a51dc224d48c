import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from '@songnhap/client'
import {
  Problem,
  type ProblemBody,
  type TypedRecords,
  type UploadReport,
} from '@songnhap/contracts'
import { isPassing } from './keep-working.ts'
import type { PageSource } from './page-source.ts'

const AT_ONCE = 2
const PAGES_A_BOOK = 25
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
  const books: string[] = []
  for (let first = 0; first < source.total; first += PAGES_A_BOOK) {
    const bookId = crypto.randomUUID()
    const title = `Quyển ${String(books.length + 1).padStart(2, '0')}`
    await again(() => api.post(`/api/campaigns/${campaignId}/books`, { bookId, title }))
    books.push(bookId)
  }
  const indexes = Array.from({ length: source.total }, (_, index) => index).values()
  const carry = async () => {
    for (const index of indexes) {
      if (stop.aborted) return
      const { fileName, image, truth } = await source.page(index)
      const bookId = books[Math.floor(index / PAGES_A_BOOK)]
      known.set(await uploadOne(api, `/api/books/${bookId}/pages`, fileName, image), truth)
      uploaded()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, carry))
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

async function uploadOne(
  api: Api,
  path: string,
  fileName: string,
  image: Uint8Array,
): Promise<string> {
  const file = new Blob([new Uint8Array(image)])
  return await again(async () => {
    const report = await api.upload<UploadReport>(path, [{ name: fileName, file }])
    const [received] = report.files
    if (received === undefined) throw new Error('an upload report without a file')
    if (received.outcome === 'refused') throw refusalOf(fileName, received.problem)
    return received.page.pageId
  })
}

/** Until somebody answers: the services may be killed and started while this goes on. */
export async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error) || tries >= TRIES_MAX) throw error
      await wait(AGAIN_MS)
    }
  }
}

/** What may pass is tried again; anything else names the file that it is about. */
function refusalOf(fileName: string, body: ProblemBody): Error {
  const problem = Problem.from(body)
  if (isPassing(problem)) return problem
  return new Error(`${fileName}: ${[body.message.en, ...(body.details ?? [])].join(' ')}`)
}
