/** Made-up work to test with: a small form, a campaign, a book, its pages, and what people key. */
import { createHash, randomUUID } from 'node:crypto'
import type {
  BodyOf,
  bookOpened,
  campaignOpened,
  FormDefinition,
  pageReceived,
  Reading,
  TypedRecord,
} from '@songnhap/contracts'

export const SMALL_FORM: FormDefinition = {
  name: 'small-births',
  version: 1,
  title: { vi: 'Khai sinh (rút gọn)', en: 'Births, shortened' },
  recordsMax: 3,
  fields: [
    { name: 'fullName', kind: 'name', label: { vi: 'Họ tên', en: 'Name' }, lengthMax: 100 },
    { name: 'birthDate', kind: 'date', label: { vi: 'Ngày sinh', en: 'Born' }, lengthMax: 40 },
    { name: 'village', kind: 'text', label: { vi: 'Thôn', en: 'Village' }, lengthMax: 100 },
  ],
}

export function newPeople(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID())
}

export function newCampaign(pairs: [string, string][] = []): BodyOf<typeof campaignOpened> {
  return { campaignId: randomUUID(), name: 'Khai sinh 1985', form: SMALL_FORM, pairs }
}

export function newBook(campaign: { campaignId: string }): BodyOf<typeof bookOpened> {
  return { bookId: randomUUID(), campaignId: campaign.campaignId, title: 'Quyển số 01/1985' }
}

export function newPages(
  book: { bookId: string; campaignId: string },
  count: number,
): BodyOf<typeof pageReceived>[] {
  const { bookId, campaignId } = book
  return Array.from({ length: count }, (_, index) => {
    const pageId = randomUUID()
    const imageSha256 = createHash('sha256').update(pageId).digest('hex')
    return { pageId, bookId, campaignId, sequence: index + 1, imageSha256 }
  })
}

/** A record of SMALL_FORM, with something in every field; a string stands for a plain reading. */
export function recordOf(fields: Record<string, string | Reading> = {}): TypedRecord {
  const written = { fullName: 'Trần Thị Mận', birthDate: '01/02/1985', village: 'Thôn Đông' }
  return Object.fromEntries(
    Object.entries({ ...written, ...fields }).map(([name, reading]) => [
      name,
      typeof reading === 'string' ? { value: reading, origin: 'typed' } : reading,
    ]),
  )
}
