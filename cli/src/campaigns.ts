import type { Api } from '@songnhap/client'
import {
  type BookLayouts,
  type listBooks,
  type listCampaigns,
  type listStuckKeying,
  PAGES_AHEAD_MAX,
  type ReplyOf,
} from '@songnhap/contracts'
import { formFor } from './forms.ts'
import { UsageError } from './usage-error.ts'

/** Where the pages are like none of the form's layouts. */
const NO_LAYOUT = 'none'
const LAYOUT_NAME = /^[a-z][a-z0-9-]{0,63}$/
const SIDES_MAX = 2

export async function showCampaigns(api: Api): Promise<number> {
  const { campaigns } = await api.get<ReplyOf<typeof listCampaigns>>('/api/campaigns')
  if (campaigns.length === 0) print('Chưa có đợt nhập nào. / No campaign yet: open-campaign.')
  for (const { campaignId, name, form, pages } of campaigns) {
    print(`${campaignId}  ${name}  (${form.name} v${form.version}, ${pages} pages)`)
    const { books } = await api.get<ReplyOf<typeof listBooks>>(`/api/campaigns/${campaignId}/books`)
    for (const book of books) print(`  ${book.bookId}  ${book.title}  (${book.pages} pages)`)
  }
  return 0
}

export async function openCampaign(
  api: Api,
  name: string,
  formWords: string,
  isSure: boolean,
  pagesAhead: number | undefined,
): Promise<number> {
  const form = await formFor(formWords)
  if (!isSure) await refuseSameName(api, name)
  const campaignId = crypto.randomUUID()
  await api.post('/api/campaigns', { campaignId, name, form, pairs: [], pagesAhead })
  print(campaignId)
  return 0
}

/** Two campaigns of one name are hardly ever meant, and nobody could tell them apart. */
async function refuseSameName(api: Api, name: string): Promise<void> {
  const { campaigns } = await api.get<ReplyOf<typeof listCampaigns>>('/api/campaigns')
  const same = campaigns.find((campaign) => campaign.name.normalize() === name.normalize())
  if (same === undefined) return
  throw new UsageError(
    `Đã có đợt nhập tên này. / There is a campaign of this name: ${same.campaignId}; --yes opens another`,
  )
}

/** A usage error for anything but a whole number that the gateway takes. */
export function readPagesAhead(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const pages = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (pages >= 1 && pages <= PAGES_AHEAD_MAX) return pages
  throw new UsageError(`--pages-ahead: a whole number from 1 to ${PAGES_AHEAD_MAX}`)
}

export interface NewBook {
  readonly campaignId: string
  readonly title: string
  readonly layouts: BookLayouts | undefined
}

export async function openBook(api: Api, { campaignId, title, layouts }: NewBook): Promise<number> {
  const bookId = crypto.randomUUID()
  await api.post(`/api/campaigns/${campaignId}/books`, { bookId, title, layouts })
  print(bookId)
  return 0
}

/** A layout for all pages, two for odd and even ones, or none; whether the form has them the gateway says. */
export function readLayouts(text: string | undefined): BookLayouts | undefined {
  if (text === undefined) return undefined
  const names = text === NO_LAYOUT ? [] : text.split(',').map((name) => name.trim())
  if (names.length <= SIDES_MAX && names.every((name) => LAYOUT_NAME.test(name))) return names
  throw new UsageError(`--layout: NAME, or ODD,EVEN, by the form's layouts; or ${NO_LAYOUT}`)
}

const NO_TYPIST = 'không còn người nhập / no typist is left'
const NOBODY_NEW =
  'phải nhập lại nhưng ai cũng đã xem trang / to be keyed again, and everybody has had it: add a typist'

/** Pages that wait while nobody with an account may have them. */
export async function showStuck(api: Api, campaignId: string): Promise<number> {
  type Stuck = Record<'keying' | 'arbitration', ReplyOf<typeof listStuckKeying>>
  const { keying, arbitration } = await api.get<Stuck>(`/api/campaigns/${campaignId}/stuck`)
  for (const { bookTitle, sequence, pageId, again = false } of keying.pages)
    print(`${pageId}  ${bookTitle}, ${sequence}: ${again ? NOBODY_NEW : NO_TYPIST}`)
  for (const { bookTitle, sequence, pageId } of arbitration.pages)
    print(`${pageId}  ${bookTitle}, ${sequence}: không còn trọng tài / no arbiter is left`)
  if (keying.more || arbitration.more) print('Và còn nữa. / And more.')
  if (keying.pages.length + arbitration.pages.length === 0)
    print('Không có trang nào bị kẹt. / No page is stuck.')
  return 0
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
