import { setTimeout as wait } from 'node:timers/promises'
import { type Api, patiently } from '@songnhap/client'
import type { BookStanding, Page, SettledRecord, TypedRecords } from '@songnhap/contracts'
import { countWrongFields } from '../count-wrong-fields.ts'
import { readAll } from '../read-all.ts'
import type { TrialBook } from './plan-trial.ts'
import type { TrialPaper } from './trial-people.ts'

/** Errors in 10,000 fields that are not to be exceeded. */
const TARGET = 50
const LEAST_OF_A_PAIR = 600
const LOOK_EVERY_MS = 500

export interface TrialAudit {
  readonly title: string
  readonly pair: TrialBook['pair']
  readonly fields: number
  /** Of all its settled fields, before the audit put any right. */
  readonly wrong: number
  readonly checked: number
  readonly found: number
  readonly gateOpen: boolean
  readonly released: boolean
}

interface Campaign {
  readonly campaignId: string
  readonly books: readonly (TrialBook & { readonly bookId: string })[]
}

/** Freezes, audits and, where the gate is open, releases the books of one campaign after the other. */
export async function auditTrialBooks(
  api: Api,
  campaigns: readonly Campaign[],
  paper: TrialPaper,
  onStage: (words: string) => void,
  stop: AbortSignal,
): Promise<TrialAudit[]> {
  const audits: TrialAudit[] = []
  for (const { campaignId, books } of campaigns) {
    const path = `/api/campaigns/${campaignId}`
    await patiently(() =>
      api.put(`${path}/targets`, { targets: [{ class: 'ordinary', target: TARGET }] }),
    )
    const wrongOf = await countWrongByBook(api, path, paper)
    for (const { bookId, pair } of books) {
      await api.post(`/api/books/${bookId}/freeze`, pair === null ? {} : { least: LEAST_OF_A_PAIR })
    }
    for (const { bookId, title, pair } of books) {
      const standing = await untilAudited(api, bookId, stop)
      onStage(`${title} is audited`)
      const gateOpen = standing.gate?.open === true
      if (gateOpen) await api.post(`/api/books/${bookId}/release`, {})
      const figures = standing.audits.at(-1)?.ended?.figures ?? []
      const sum = (of: 'fields' | 'checked' | 'wrong') =>
        figures.reduce((total, one) => total + one[of], 0)
      audits.push({
        title,
        pair,
        fields: sum('fields'),
        wrong: wrongOf.get(bookId) ?? 0,
        checked: sum('checked'),
        found: sum('wrong'),
        gateOpen,
        released: gateOpen,
      })
    }
  }
  return audits
}

async function untilAudited(api: Api, bookId: string, stop: AbortSignal): Promise<BookStanding> {
  for (;;) {
    const standing = await patiently(() => api.get<BookStanding>(`/api/books/${bookId}`))
    if (standing.state === 'audited') return standing
    await wait(LOOK_EVERY_MS, undefined, { signal: stop })
  }
}

async function countWrongByBook(
  api: Api,
  path: string,
  { form, indexOf, truths }: TrialPaper,
): Promise<Map<string, number>> {
  const pages = await readAll<Page>(api, `${path}/pages`, 'pages', 'pageId')
  const settled = await readAll<SettledRecord>(api, `${path}/records`, 'records', 'recordId')
  const bookOf = new Map(pages.map(({ pageId, bookId }) => [pageId, bookId]))
  const wrongOf = new Map<string, number>()
  for (const [bookId, records] of Map.groupBy(settled, ({ pageId }) => bookOf.get(pageId) ?? '')) {
    const here = pages.filter((page) => page.bookId === bookId)
    const truth = new Map<string, TypedRecords>(
      here.map(({ pageId }) => [pageId, truths[indexOf.get(pageId) ?? -1] ?? []]),
    )
    const { agreed, ruled, single } = countWrongFields(form, truth, records)
    wrongOf.set(bookId, agreed + ruled + single)
  }
  return wrongOf
}
