import { setTimeout as wait } from 'node:timers/promises'
import { type Api, patiently } from '@songnhap/client'
import {
  type BookStanding,
  type Page,
  Problem,
  type SettledRecord,
  type TypedRecords,
} from '@songnhap/contracts'
import { countWrongFields } from '../count-wrong-fields.ts'
import { readAll } from '../read-all.ts'
import type { TrialBook } from './plan-trial.ts'
import type { TrialPaper } from './trial-people.ts'

/** Errors in 10,000 fields that are not to be exceeded. */
const TARGET = 50
/** Of a book whose pair copies: with fewer, what is wrong in twice as many as allowed could pass by chance. */
const LEAST_OF_A_BAD_BOOK = 600
const LOOK_EVERY_MS = 500
const TRIES_MAX = 240
const STALLED_AFTER_MS = 60_000

export interface TrialAudit {
  readonly title: string
  readonly pair: TrialBook['pair']
  /** Errors in 10,000 fields that were not to be exceeded. */
  readonly target: number
  readonly fields: number
  /** Of all its settled fields, before the audit put any right. */
  readonly wrong: number
  readonly checked: number
  readonly found: number
  readonly gateOpen: boolean
  readonly stops: readonly string[]
}

interface Campaign {
  readonly campaignId: string
  readonly books: readonly (TrialBook & { readonly bookId: string })[]
}

/**
 * Freezes and audits the books of chance's pairs, then those of honest standing pairs, then of those that
 * copy: the gate goes by the audits before it, so the bad ones come last. What has its gate open is released.
 */
export async function auditTrialBooks(
  api: Api,
  campaigns: readonly Campaign[],
  paper: TrialPaper,
  onStage: (words: string) => void,
  stop: AbortSignal,
): Promise<TrialAudit[]> {
  for (const { campaignId } of campaigns) {
    await patiently(() =>
      api.put(`/api/campaigns/${campaignId}/targets`, {
        targets: [{ class: 'ordinary', target: TARGET }],
      }),
    )
  }
  const waves = Map.groupBy(
    campaigns.flatMap(({ books }) => books),
    ({ pair }) => pair?.copies ?? 'mixed',
  )
  const audits: Awaited<ReturnType<typeof readAudit>>[] = []
  for (const books of [...waves.values()]) {
    for (const book of books) await freeze(api, book, stop)
    for (const { bookId, title } of books) {
      await untilAudited(api, bookId, stop)
      onStage(`${title} is audited`)
    }
    for (const book of books) audits.push(await readAudit(api, book))
  }
  const wrongOf = new Map<string, number>()
  for (const campaign of campaigns) {
    for (const one of await countWrongByBook(api, campaign, paper)) wrongOf.set(...one)
  }
  return audits.map(({ bookId, ...audit }) => ({ ...audit, wrong: wrongOf.get(bookId) ?? 0 }))
}

/** Rulings that are asked once more by chance keep a book open a little longer. */
async function freeze(
  api: Api,
  { bookId, pair }: Campaign['books'][number],
  stop: AbortSignal,
): Promise<void> {
  const least = pair?.copies === true ? { least: LEAST_OF_A_BAD_BOOK } : {}
  for (let tries = 1; ; tries += 1) {
    try {
      await patiently(() => api.post(`/api/books/${bookId}/freeze`, least))
      return
    } catch (error) {
      const isOpen = error instanceof Problem && error.code === 'BOOK_NOT_SETTLED'
      if (!isOpen || tries === TRIES_MAX) throw error
    }
    await wait(LOOK_EVERY_MS, undefined, { signal: stop })
  }
}

async function readAudit(api: Api, { bookId, title, pair }: Campaign['books'][number]) {
  const { gate, audits } = await patiently(() => api.get<BookStanding>(`/api/books/${bookId}`))
  const gateOpen = gate?.open === true
  if (gateOpen) await patiently(() => api.post(`/api/books/${bookId}/release`, {}))
  const figures = audits.at(-1)?.ended?.figures ?? []
  const sum = (of: 'fields' | 'checked' | 'wrong') =>
    figures.reduce((total, one) => total + one[of], 0)
  return {
    bookId,
    title,
    pair,
    target: TARGET,
    fields: sum('fields'),
    checked: sum('checked'),
    found: sum('wrong'),
    gateOpen,
    stops: gate?.stops.map(({ what }) => what) ?? [],
  }
}

async function untilAudited(api: Api, bookId: string, stop: AbortSignal): Promise<BookStanding> {
  let [last, movedAt] = ['', Date.now()]
  for (;;) {
    const standing = await patiently(() => api.get<BookStanding>(`/api/books/${bookId}`))
    if (standing.state === 'audited') return standing
    const { drawn, keyed, decided } = standing.audits.at(-1) ?? {}
    const now = JSON.stringify({ drawn, keyed, decided })
    if (now !== last) movedAt = Date.now()
    last = now
    if (Date.now() - movedAt > STALLED_AFTER_MS) throw new Error(`the audit stands still: ${now}`)
    await wait(LOOK_EVERY_MS, undefined, { signal: stop })
  }
}

/** Before the audit, that is: what it put right was wrong. */
async function countWrongByBook(
  api: Api,
  { campaignId, books }: Campaign,
  { form, truths }: TrialPaper,
): Promise<Map<string, number>> {
  const path = `/api/campaigns/${campaignId}`
  const pages = await readAll<Page>(api, `${path}/pages`, 'pages', 'pageId')
  const settled = await readAll<SettledRecord>(api, `${path}/records`, 'records', 'recordId')
  const bookOf = new Map(pages.map(({ pageId, bookId }) => [pageId, bookId]))
  const byBook = Map.groupBy(settled, ({ pageId }) => bookOf.get(pageId))
  return new Map(
    books.map(({ bookId, firstPage }) => {
      const here = pages.filter((page) => page.bookId === bookId)
      const truth = new Map<string, TypedRecords>(
        here.map(({ pageId, sequence }) => [pageId, truths[firstPage + sequence - 1] ?? []]),
      )
      const before = (byBook.get(bookId) ?? []).map((record) => {
        return { ...record, values: withoutAudited(record.values) }
      })
      const { agreed, ruled, single } = countWrongFields(form, truth, before)
      return [bookId, agreed + ruled + single]
    }),
  )
}

/** A field without a value counts as wrong. */
function withoutAudited(values: SettledRecord['values']): SettledRecord['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, { rule }]) => rule !== 'audit'))
}
